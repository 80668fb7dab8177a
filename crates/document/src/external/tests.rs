use super::*;

/// Runs a shell script in the place of this program's child, which is the one program whose
/// path is free.
fn script(body: &str, limits: &Limits) -> Result<Output, ReadError> {
    let shell = Program::PdfChild("/bin/sh".into());
    run(
        &shell,
        &["input.pdf", "word"],
        "input.pdf",
        body.as_bytes(),
        limits,
        &Clock::start(limits),
    )
    .unwrap()
}

#[test]
fn a_program_sees_its_input_and_nothing_else() {
    let limits = Limits::default();
    let output = script("cat; echo; echo $1; env; pwd; ls", &limits).unwrap();
    let text = String::from_utf8(output.text.clone()).unwrap();
    assert!(
        text.starts_with("cat; echo; echo $1; env; pwd; ls\nword\n"),
        "{text}"
    );
    let names = text.lines().filter_map(|line| line.split_once('='));
    for (name, _) in names {
        let known = [
            "PATH", "LANG", "HOME", "TMPDIR", "PWD", "OLDPWD", "SHLVL", "_",
        ];
        assert!(known.contains(&name) || PROXIES.contains(&name), "{name}");
    }
    assert!(text.ends_with("\ninput.pdf\n"), "{text}");
    let folder = output.folder.path().to_owned();
    assert!(text.contains(&*folder.to_string_lossy()));
    drop(output);
    assert!(!folder.exists());
}

#[test]
fn files_and_complaints_are_kept() {
    let limits = Limits::default();
    let output = script(
        "echo made > out; ln -s /etc/passwd link; echo 坏 >&2; exit 7",
        &limits,
    );
    let output = output.unwrap();
    assert_eq!(output.file("out", 3).unwrap(), b"mad");
    assert_eq!(output.file("link", 3), None);
    assert_eq!(output.file("none", 3), None);
    assert_eq!(
        (output.status.code(), output.why().as_str()),
        (Some(7), "坏")
    );
    assert_eq!(script("exit 7", &limits).unwrap().why(), "退出码 7");
}

#[test]
fn time_is_limited_for_the_children_too() {
    let limits = Limits {
        external: Duration::from_millis(300),
        ..Limits::default()
    };
    let start = Instant::now();
    for body in [
        "sleep 30",
        "sleep 30 & sleep 30",
        "while :; do :; done",
        "exec >&-; sleep 30",
    ] {
        let timeout = ReadError::Timeout {
            program: "pdf-child".into(),
            seconds: 1,
        };
        assert_eq!(script(body, &limits).unwrap_err(), timeout, "{body}");
    }
    // A grandchild that holds the pipe does not hold us.
    let output = script("echo ready; sleep 30 &", &limits);
    assert!(output.is_ok() || matches!(output, Err(ReadError::Timeout { .. })));
    assert!(
        start.elapsed() < Duration::from_secs(8),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn the_time_is_told_that_the_program_had() {
    let limits = Limits {
        quick: Duration::from_secs(1),
        ..Limits::default()
    };
    let message = script("sleep 30", &limits).unwrap_err().to_string();
    assert!(message.contains("（1 秒）"), "{message}");
    // Nothing was left: the time of all.
    let limits = Limits {
        external: Duration::ZERO,
        ..limits
    };
    let timeout = ReadError::Timeout {
        program: "pdf-child".into(),
        seconds: 0,
    };
    assert_eq!(script("true", &limits).unwrap_err(), timeout);
}

#[test]
fn all_programs_for_a_file_share_its_time() {
    let limits = Limits {
        external: Duration::from_millis(400),
        ..Limits::default()
    };
    let clock = Clock::start(&limits);
    assert!(Program::Soffice.time(&limits, &clock) <= Duration::from_millis(300));
    let shell = Program::PdfChild("/bin/sh".into());
    let start = Instant::now();
    for _ in 0..4 {
        let fault = run(&shell, &["f"], "f", b"sleep 30", &limits, &clock).unwrap();
        assert!(matches!(fault, Err(ReadError::Timeout { .. })), "{fault:?}");
    }
    assert_eq!(Program::Antiword.time(&limits, &clock), Duration::ZERO);
    let taken = start.elapsed();
    assert!(taken < Duration::from_millis(1200), "{taken:?}");
}

#[test]
fn output_is_limited() {
    let limits = Limits {
        text: 1000,
        ..Limits::default()
    };
    let start = Instant::now();
    for body in [
        "yes",
        "trap '' PIPE; while :; do echo y; done",
        "printf '%04001d' 0",
    ] {
        let error = script(body, &limits).unwrap_err();
        assert!(matches!(error, ReadError::TooLarge { .. }), "{error:?}");
    }
    assert!(script("printf '%04000d' 0", &limits).is_ok());
    // Complaints are drained, or the program would be stuck.
    let output = script("yes | head -c 1000000 >&2; echo done", &limits).unwrap();
    assert_eq!(output.text, b"done\n");
    assert_eq!(output.complaints.len() as u64, COMPLAINTS + 1);
    assert!(start.elapsed() < Duration::from_secs(8));
}

#[cfg(target_os = "linux")]
#[test]
fn memory_and_files_are_limited() {
    let limits = Limits {
        unpacked: 1 << 20,
        ..Limits::default()
    };
    let output = script("sleep 0.2; ulimit -v; ulimit -c", &limits).unwrap();
    assert_eq!(output.text, format!("{}\n0\n", MEMORY >> 10).as_bytes());
    let output = script(
        "sleep 0.2; head -c 9000000 /dev/zero > out; echo on",
        &limits,
    )
    .unwrap();
    assert_eq!(output.file("out", u64::MAX).unwrap().len(), 1 << 20);
}

#[test]
fn the_folder_is_told() {
    let limits = Limits::default();
    let shell = Program::PdfChild("/bin/sh".into());
    let args = ["script", "[{folder}]"];
    let output = run(
        &shell,
        &args,
        "script",
        b"echo $1; pwd",
        &limits,
        &Clock::start(&limits),
    );
    let text = String::from_utf8(output.unwrap().unwrap().text).unwrap();
    let (told, real) = text.trim().split_once('\n').unwrap();
    assert_eq!(told, format!("[{}]", address(Path::new(real))));
    assert_eq!(address(Path::new("/a b/年")), "/a%20b/%E5%B9%B4");
}

#[test]
fn programs_are_found_in_absolute_folders_only() {
    assert!(on_path("sh", OsStr::new("/usr/bin:/bin")).is_some());
    assert_eq!(on_path("sh", OsStr::new("relative::.")), None);
    assert_eq!(
        on_path("no-such-program", OsStr::new("/usr/bin:/bin")),
        None
    );
    assert_eq!(on_path("bin", OsStr::new("/usr")), None);
}
