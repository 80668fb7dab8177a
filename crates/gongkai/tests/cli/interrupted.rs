//! Ctrl-C and the signal of a service manager, while a converter is at work.

use crate::harness::{Place, program};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

#[track_caller]
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < PATIENCE, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn signal(name: &str, child: &Child) {
    let id = child.id().to_string();
    let sent = Command::new("kill").args([name, &id]).status().unwrap();
    assert!(sent.success());
}

/// Whether a process runs; one that has ended may still stand in the list.
fn runs(id: &str) -> bool {
    let list = Command::new("ps").args(["-o", "stat=", "-p", id]).output();
    let state = String::from_utf8(list.unwrap().stdout).unwrap();
    !matches!(state.trim().chars().next(), None | Some('Z'))
}

#[track_caller]
fn ended(child: Child) -> Output {
    let start = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert!(start.elapsed() < PATIENCE, "it went on");
    output
}

/// Checks a Word 97 file with converters that never end, and signals once they run.
fn interrupt_a_converter(name: &str, code: i32) {
    let place = Place::new();
    let (tools, temporary) = (place.path("tools"), place.path("tmp"));
    fs::create_dir(&tools).unwrap();
    fs::create_dir(&temporary).unwrap();
    // A child of its own, as LibreOffice has one.
    let script = format!(
        "#!/bin/sh\nsleep 300 &\necho $$ $! >> '{}'\nwait\n",
        place.text("ids")
    );
    for tool in ["soffice", "antiword", "catdoc"] {
        let path = tools.join(tool);
        fs::write(&path, &script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let file = place.file("a.doc", "{\\rtf1 a}");
    let out = place.text("out.html");
    let child = program()
        .args(["check", &file, "--format", "html", "--output", &out])
        .env("PATH", format!("{}:/usr/bin:/bin", tools.display()))
        .env("TMPDIR", &temporary)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let ids = || fs::read_to_string(place.path("ids")).unwrap_or_default();
    until("no converter was started", || ids().ends_with('\n'));
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 1);
    signal(name, &child);
    let output = ended(child);
    assert_eq!(output.status.code(), Some(code));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("中断"), "{told}");
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
    let half = fs::read_dir(place.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .find(|name| name.starts_with("out.html"));
    assert_eq!(half, None);
    for id in ids().split_whitespace() {
        until("a converter goes on", || !runs(id));
    }
}

#[test]
fn ctrl_c_leaves_no_converter_no_folder_and_no_half_file() {
    interrupt_a_converter("-INT", 130);
}

#[test]
fn a_service_manager_is_obeyed_as_well() {
    interrupt_a_converter("-TERM", 143);
}

#[test]
fn who_waits_for_standard_input_is_ended() {
    let mut child = program()
        .args(["check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let listens = |id: u32| {
        let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        caught.is_some_and(|mask| u64::from_str_radix(mask.trim(), 16).is_ok_and(|it| it & 2 != 0))
    };
    until("it does not listen", || listens(child.id()));
    let input = child.stdin.take();
    signal("-INT", &child);
    assert_eq!(ended(child).status.code(), Some(130));
    drop(input);
}
