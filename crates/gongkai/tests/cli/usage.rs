//! Help, usage errors and exit codes.

use crate::harness::{Place, finish, program, run};

#[test]
fn help_speaks_the_language_of_the_locale() {
    for (locale, usage, about) in [
        (
            Some("zh_CN.UTF-8"),
            "用法：gongkai import",
            "全部成功或全不导入",
        ),
        (
            Some("en_GB.UTF-8"),
            "Usage: gongkai import",
            "all or nothing",
        ),
        (None, "用法：gongkai import", "全部成功或全不导入"),
    ] {
        let mut command = program();
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            command.env_remove(name);
        }
        if let Some(locale) = locale {
            command.env("LANG", locale);
        }
        let ran = finish(command.args(["import", "--help"])).ends(0);
        assert!(ran.out.contains(usage), "{locale:?}: {}", ran.out);
        assert!(ran.out.contains(about), "{locale:?}: {}", ran.out);
        assert_eq!(ran.err, "");
    }
    let mut command = program();
    let ran = finish(
        command
            .env("LANG", "zh_CN.UTF-8")
            .env("LC_ALL", "en_US.UTF-8")
            .arg("--help"),
    );
    assert!(
        ran.out.contains("Commands:"),
        "LC_ALL goes before LANG: {}",
        ran.out
    );
}

#[test]
fn every_command_of_the_plan_is_listed_and_no_later_one() {
    let help = run(&["--help"]).ends(0).out;
    let listed = |name: &str| {
        help.lines()
            .any(|line| line.trim().starts_with(&format!("{name} ")))
    };
    for name in [
        "demo", "serve", "init", "doctor", "check", "read", "rule", "clock", "fee", "calendar",
        "import", "export", "report", "backup", "restore", "verify", "migrate",
    ] {
        assert!(listed(name), "{name}: {help}");
    }
    for name in ["scan", "generate-reference", "pdf-child"] {
        assert!(!listed(name), "{name}: {help}");
    }
    run(&["--version"]).ends(0);
}

#[test]
fn wrong_usage_is_said_in_words_and_ends_with_2() {
    for (args, part) in [
        (&["nonsense"][..], "没有“nonsense”这个命令"),
        (&["report", "--year", "2018"], "缺少 --unit"),
        (&["report", "--unit", "u", "--year", "18"], "1949 到 2200"),
        (
            &["report", "--unit", "u", "--year", "2018", "--format", "pdf"],
            "json、html、docx",
        ),
        (&["check"], "缺少 <PATH|->"),
        (
            &["check", "x", "--format", "pdf"],
            "text、json、sarif、html",
        ),
        (&["check", "x", "--select", "N999"], "没有名为“N999”的规则"),
        (&["rule", "N999"], "没有名为“N999”的规则"),
        (&["fee", "requests", "-1"], "非负整数"),
        (&["fee", "requests", "1000001"], "过大"),
        (&["fee", "requests", "99999999999999999999"], "非负整数"),
        (&["import", "f", "--data", "a", "--config", "b"], "不能与"),
        (&["verify", "--nonsense"], "不认识“--nonsense”"),
        (&["verify"], "--data"),
        (&["demo", "--listen", "8086"], "IP 地址：端口"),
    ] {
        let ran = run(args).ends(2).says(part);
        assert_eq!(ran.out, "", "{args:?}");
    }
    let ran = run(&[]).ends(2);
    assert!(ran.err.contains("命令:"), "{}", ran.err);
}

#[test]
fn a_file_that_cannot_be_opened_ends_with_2_and_makes_nothing() {
    let place = Place::new();
    let (data, none) = (place.text("data"), place.text("none"));
    for args in [
        &["import", &none, "--data", &data][..],
        &["clock", &none],
        &["check", &none],
        &["check", &none, "--format", "json"],
        &["read", &none],
        &["calendar", "load", &none, "--data", &data],
        &["restore", &none, "--data", &data],
        &["verify", "--config", &none],
    ] {
        run(args).ends(2).says(&none);
    }
    assert!(!place.path("data").exists());
}

#[test]
fn a_configuration_names_every_wrong_key_and_no_secret() {
    let place = Place::new();
    let text = "database = \"postgres://u:s3cret@127.0.0.1:9/x\"\nregoin = \"x\"\nlisten = 1\n";
    let file = place.file("gongkai.toml", text);
    let ran = run(&["doctor", "--config", &file])
        .ends(2)
        .says("regoin")
        .says("listen");
    assert!(!ran.err.contains("s3cret"), "{}", ran.err);
    // Nobody serves PostgreSQL on port 9.
    let file = place.file("gongkai.toml", text.lines().next().unwrap());
    let ran = run(&["doctor", "--config", &file]).ends(1);
    assert!(
        ran.out.contains("错误") && ran.out.contains("连接不上数据库"),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains("s3cret"), "{}", ran.out);
}
