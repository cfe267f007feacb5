//! Every check is shown a small good tree and a bad one: a check that cannot fire checks nothing.

use super::{access, catalogues, directions, documents, names, sizes, source, sql, words};
use crate::tree::Tree;

type Check = fn(&Tree) -> Vec<super::Finding>;

/// What a check says of a tree, one line per finding.
fn said<const N: usize>(check: Check, files: [(&str, &str); N]) -> Vec<String> {
    let mut findings = check(&Tree::from(files));
    findings.sort();
    findings.iter().map(ToString::to_string).collect()
}

fn manifest(dependencies: &str) -> String {
    format!("[package]\nname = \"x\"\n\n[dependencies]\n{dependencies}\n")
}

#[test]
fn an_escort_cannot_know_an_alarm_but_its_volunteers() {
    let own = manifest("kernel.workspace = true\nvolunteer.workspace = true\n");
    let bad = manifest("alarm = { path = \"../alarm\" }");
    let other = manifest("");
    let files = [
        ("crates/kernel/Cargo.toml", other.as_str()),
        ("crates/program/alarm/Cargo.toml", other.as_str()),
        ("crates/program/escort/Cargo.toml", own.as_str()),
        ("crates/program/volunteer/Cargo.toml", other.as_str()),
    ];
    assert!(said(directions::check, files).is_empty());
    let mut files = files;
    files[2].1 = &bad;
    assert_eq!(
        said(directions::check, files),
        ["crates/program/escort/Cargo.toml:5: escort may not know alarm"]
    );
    // The only exception is for the four that walk or watch with volunteers.
    files[2].1 = &other;
    files[1].1 = &own;
    assert_eq!(
        said(directions::check, files),
        ["crates/program/alarm/Cargo.toml:6: alarm may not know volunteer"]
    );
}

#[test]
fn arrows_point_one_way_in_every_kind_of_section() {
    let empty = manifest("");
    let upward = "[dev-dependencies.store]\nworkspace = true\n[target.'cfg(unix)'.dependencies]\nserver.workspace = true # why not\n";
    let files = [
        ("crates/kernel/Cargo.toml", upward),
        ("crates/shell/store/Cargo.toml", empty.as_str()),
        ("crates/shell/server/Cargo.toml", empty.as_str()),
    ];
    assert_eq!(
        said(directions::check, files),
        [
            "crates/kernel/Cargo.toml:1: kernel may not know store",
            "crates/kernel/Cargo.toml:4: kernel may not know server"
        ]
    );
}

#[test]
fn the_store_and_the_wire_do_not_know_each_other() {
    let (empty, bad) = (manifest(""), manifest("wire.workspace = true"));
    let files = [
        ("crates/shell/store/Cargo.toml", bad.as_str()),
        ("crates/shell/wire/Cargo.toml", empty.as_str()),
    ];
    assert_eq!(said(directions::check, files).len(), 1);
}

#[test]
fn a_pure_crate_cannot_take_a_dependency_on_the_world() {
    let bad = manifest(
        "serde.workspace = true\ntokio = \"1\"\nchance = { package = \"rand\", version = \"0\" }",
    );
    assert_eq!(
        said(directions::check, [("crates/program/haven/Cargo.toml", bad.as_str())]),
        [
            "crates/program/haven/Cargo.toml:6: haven is pure and may not know tokio",
            "crates/program/haven/Cargo.toml:7: haven is pure and may not know rand"
        ]
    );
    // What only tests use does not ship.
    let tests = "[dev-dependencies]\nproptest.workspace = true\n";
    assert!(said(directions::check, [("crates/program/haven/Cargo.toml", tests)]).is_empty());
}

#[test]
fn a_crate_outside_every_room_is_found() {
    let empty = manifest("");
    assert_eq!(said(directions::check, [("crates/extras/Cargo.toml", empty.as_str())]).len(), 1);
}

#[test]
fn a_pure_crate_cannot_read_a_file_or_the_clock() {
    let bad = "fn f() { let _ = std::fs::read(\"x\"); }\n#[cfg(test)]\nmod t { fn g() { std::fs::read(\"x\"); } }\n";
    let path = "crates/program/haven/src/lib.rs";
    let found = said(directions::purity, [(path, bad)]);
    assert!(!found.is_empty() && found.iter().all(|line| line.contains("lib.rs:1:")), "{found:?}");
    let clock = "fn now() { let _ = std::time::SystemTime::now(); }";
    assert_eq!(said(directions::purity, [(path, clock)]).len(), 1);
    assert!(said(directions::purity, [("crates/shell/store/src/db.rs", bad)]).is_empty());
}

#[test]
fn a_long_file_and_a_long_function_are_found() {
    let file = "//\n".repeat(501);
    let function = format!("fn long() {{\n{}}}\n", "    f();\n".repeat(71));
    let commented = format!("fn short() {{\n{}}}\n", "    // why\n\n".repeat(71));
    let tests = format!("#[cfg(test)]\nmod tests {{\n{function}}}\n");
    assert_eq!(
        said(
            sizes::check,
            [
                ("crates/sim/src/a.rs", file.as_str()),
                ("crates/sim/src/b.rs", function.as_str()),
                ("crates/sim/src/c.rs", commented.as_str()),
                ("crates/sim/src/d.rs", tests.as_str()),
                ("crates/sim/src/d/tests.rs", file.as_str()),
                ("web/src/wire.gen.ts", file.as_str()),
                ("web/src/x.svelte", file.as_str()),
            ]
        ),
        [
            "crates/sim/src/a.rs: 501 lines, limit 500",
            "crates/sim/src/b.rs:1: fn long has 71 lines, limit 70",
            "web/src/x.svelte: 501 lines, limit 500"
        ]
    );
}

#[test]
fn the_kernel_stays_a_few_words() {
    let text = "//\n".repeat(400);
    let files = [
        ("crates/kernel/src/a.rs", text.as_str()),
        ("crates/kernel/src/b.rs", text.as_str()),
        ("crates/kernel/src/c.rs", text.as_str()),
    ];
    assert_eq!(said(sizes::check, files), ["crates/kernel: 1200 lines in all, limit 1000"]);
}

#[test]
fn names_that_say_nothing_are_found() {
    let files = [
        ("crates/sim/src/utils.rs", ""),
        ("crates/sim/src/helpers/clock.rs", ""),
        ("web/src/types.ts", "export interface DeskManager {}"),
        ("crates/sim/src/desk.rs", "pub(crate) struct Information;"),
    ];
    assert_eq!(said(names::check, files).len(), 4);
}

#[test]
fn a_limit_says_its_unit() {
    let rules = "pub struct Rules {\n    pub offer: u16,\n    pub offer_seconds: u16,\n    pub woman_required: bool,\n}\npub const REACH_M: f64 = 1.0;\npub const REACH: f64 = 1.0;\n";
    assert_eq!(
        said(names::limits, [("crates/program/escort/src/rules.rs", rules)]),
        [
            "crates/program/escort/src/rules.rs:2: `offer` does not say its unit",
            "crates/program/escort/src/rules.rs:7: `REACH` does not say its unit",
        ]
    );
}

#[test]
fn the_registry_of_ids_is_alphabetical_and_distinct() {
    let path = "crates/kernel/src/id.rs";
    let good = "kinds! {\n    /// x\n    Alarm = \"alm\";\n    Team = \"tem\";\n}";
    assert!(said(names::id_kinds, [(path, good)]).is_empty());
    let bad = "    Team = \"tem\";\n    Alarm = \"tem\";\n    Walk = \"walk\";\n";
    assert_eq!(said(names::id_kinds, [(path, bad)]).len(), 3);
}

#[test]
fn unwraps_and_unfinished_things_are_found_outside_tests() {
    let bad = "fn f(x: Option<u8>) -> u8 { x.unwrap() }\nfn g() { todo!() }\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn t() { Some(1).unwrap(); }\n}\n";
    let path = "crates/sim/src/lib.rs";
    let found = said(source::check, [(path, bad)]);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[2].contains("tests stand in a file of their own"), "{found:?}");
    assert!(found[0].starts_with("crates/sim/src/lib.rs:1: unwrap"), "{found:?}");
    let own_file = "#[test]\nfn t() { Some(1).unwrap(); }\n";
    assert!(said(source::check, [("crates/sim/src/lib/tests.rs", own_file)]).is_empty());
}

#[test]
fn a_silenced_lint_and_a_silenced_test_are_found_anywhere() {
    let allow = concat!("#[al", "low(dead_code)]\nfn f() {}\n");
    let inner = concat!("#![al", "low(dead_code)]\nfn f() {}\n");
    let ignored = concat!("#[test]\n#[ign", "ore]\nfn f() {}\n");
    let sleeping = "#[test]\nfn f() { std::thread::sleep(x); }\n";
    for bad in [allow, inner, ignored, sleeping] {
        assert_eq!(said(source::check, [("crates/sim/src/a/tests.rs", bad)]).len(), 1, "{bad}");
    }
}

#[test]
fn unfinished_business_is_found_in_screens_too() {
    let bad = concat!("// TO", "DO: later\nconst fixture = 1;\n");
    assert_eq!(said(source::check, [("web/src/desk.ts", bad)]).len(), 1);
}

#[test]
fn sql_stands_only_in_the_store_and_is_headed() {
    let bare = "fn f() { q(\"SELECT id FROM escort\"); }";
    let headed = "fn f() { q(\"-- escort::find\\nSELECT id FROM escort\"); }";
    let raw = "fn f() { q(r#\"\n-- escort::find\nSELECT id\nFROM escort\"#); }";
    let prose = "fn f() { say(\"Select a team from the list\"); say(\"update the map\"); }";
    assert_eq!(
        said(sql::check, [("crates/shell/server/src/escort.rs", headed)]),
        ["crates/shell/server/src/escort.rs:1: SQL outside store"]
    );
    assert_eq!(
        said(sql::check, [("crates/shell/store/src/escort.rs", bare)]),
        ["crates/shell/store/src/escort.rs:1: begin the SQL with a line `-- word::fn`"]
    );
    assert!(said(sql::check, [("crates/shell/store/src/escort.rs", headed)]).is_empty());
    assert!(said(sql::check, [("crates/shell/store/src/escort.rs", raw)]).is_empty());
    assert!(said(sql::check, [("crates/shell/server/src/desk.rs", prose)]).is_empty());
}

#[test]
fn a_message_missing_in_one_language_or_with_other_variables_is_found() {
    let ko = "# c\ngreeting = 안녕 { $name }\nsend = 보내기\n    .title = 지금 { $count }\n";
    let same = "greeting = Hello { $name }\nsend = Send\n    .title = Now\n        { $count }\n";
    assert!(said(catalogues::check, [("lang/ko/a.ftl", ko), ("lang/en/a.ftl", same)]).is_empty());
    let other = "greeting = Hello { $nom }\nsend = Send\nsend = Send again\nextra = More\n";
    assert_eq!(
        said(catalogues::check, [("lang/ko/a.ftl", ko), ("lang/en/a.ftl", other)]),
        [
            "lang/en/a.ftl:1: `greeting` uses other variables than in lang/ko/a.ftl",
            "lang/en/a.ftl:3: `send` is already in lang/en/a.ftl",
            "lang/en/a.ftl:4: `extra` is not in lang/ko/a.ftl",
            "lang/ko/a.ftl:2: `greeting` uses other variables than in lang/en/a.ftl",
            "lang/ko/a.ftl:4: `send.title` is not in lang/en/a.ftl",
        ]
    );
    let files = [("lang/ko/a.ftl", "x = 1\n"), ("lang/ko/b.ftl", "x = 2\n")];
    assert!(
        said(catalogues::check, files)
            .contains(&"lang/ko/b.ftl:1: `x` is already in lang/ko/a.ftl".to_owned())
    );
}

#[test]
fn a_refusal_without_a_message_is_found() {
    let code = "impl R { /** Says. So. */ fn code(self) -> &'static str { match self { A => \"escort.offer-lapsed\", B => \"escort.taken\" } } }";
    let ko = "escort-offer-lapsed = 늦었어요\n";
    assert_eq!(
        said(
            catalogues::refusals,
            [("crates/program/escort/src/a.rs", code), ("lang/ko/escort.ftl", ko)]
        ),
        [
            "crates/program/escort/src/a.rs:1: refusal `escort.taken` has no message `escort-taken` below lang/ko/"
        ]
    );
}

#[test]
fn a_message_a_screen_asks_for_and_nobody_wrote_is_found() {
    let ko = "escort-title = 함께 걷기\nroute-fast = 빠른 길\n";
    let screen = "{t('escort-title')} {t(`route-${name}`)} {at('x')} {t(key)}\n{t('escort-titel')} {t(`rout3-${name}`)}";
    assert_eq!(
        said(catalogues::asked, [("web/src/escort/A.svelte", screen), ("lang/ko/a.ftl", ko)]),
        [
            "web/src/escort/A.svelte:2: asks for `escort-titel`, which no catalogue has",
            "web/src/escort/A.svelte:2: asks for `rout3-`, which no catalogue has",
        ]
    );
}

#[test]
fn what_the_server_answers_by_itself_has_a_message_too() {
    let problem = "fn of() { let _ = [\"request.no-key\", \"a sentence. Two.\"]; }";
    let verb = "const KIND: &str = \"alarm.locations\"; fn f() { no(Refused { code: \"alarm.wrong-pin\" }) }";
    assert_eq!(
        said(
            catalogues::refusals,
            [
                ("crates/shell/server/src/problem.rs", problem),
                ("crates/shell/server/src/alarm/sender.rs", verb),
            ]
        )
        .len(),
        2
    );
}

#[test]
fn links_that_lead_nowhere_are_found() {
    let readme = "# Waylight\n[a](STYLE.md) [b](docs/GONE.md) `[c](nowhere)` [d](STYLE.md#names)\n[e](STYLE.md#gone) [f](../shared/data) [g](#waylight) [h](docs)\n```\n[i](x)\n```\n";
    let files = [
        ("README.md", readme),
        ("STYLE.md", "# Style\n## Names\n"),
        ("docs/manual/a.md", "[up](../../README.md)"),
    ];
    assert_eq!(
        said(documents::links, files),
        ["README.md:2: `docs/GONE.md` leads nowhere", "README.md:3: no heading #gone in STYLE.md"]
    );
}

#[test]
fn a_crate_that_does_not_introduce_itself_is_found() {
    let files = [
        ("ARCHITECTURE.md", "x"),
        ("STYLE.md", "x"),
        ("crates/sim/Cargo.toml", ""),
        ("docs/a.md", concat!("see /tm", "p/x")),
        ("docs/b.md", concat!("see /WO", "RK/x")),
    ];
    assert_eq!(said(documents::check, files).len(), 3);
    let long = "x\n".repeat(201);
    let files = [("ARCHITECTURE.md", long.as_str()), ("STYLE.md", "x")];
    assert_eq!(said(documents::check, files), ["ARCHITECTURE.md: 201 lines, want 1 to 200"]);
}

#[test]
fn the_matrix_shows_the_room_a_word_lacks() {
    let tree = Tree::from([
        ("crates/program/haven/Cargo.toml", ""),
        ("crates/shell/store/src/projections/haven.rs", ""),
        ("lang/ko/haven.ftl", ""),
    ]);
    let matrix = words::matrix(&tree);
    let row = matrix.lines().find(|line| line.starts_with("haven")).unwrap();
    let marks: Vec<&str> = row.split_whitespace().skip(1).collect();
    assert_eq!(marks, ["+", "+", "·", "·", "·", "+", "·", "·", "·"]);
    assert!(matrix.lines().last().unwrap().contains("onestop"));
    let found = words::check(&tree);
    assert!(found.iter().any(|finding| finding.to_string().contains("`haven` has no room in en")));
}

#[test]
fn a_word_must_be_reserved_before_it_gets_a_crate() {
    let found = said(words::check, [("crates/program/chatter/Cargo.toml", "")]);
    assert_eq!(found, ["crates/program/chatter/Cargo.toml: `chatter` is not a reserved word"]);
}

#[test]
fn a_policy_changed_behind_the_back_of_its_table_is_found() {
    const TABLE: &str = "crates/engine/access/src/snapshots/access__tests__who_may_do_what.snap";
    let policy = ("crates/engine/access/policy/a.cedar", "permit (principal, action, resource);");
    // FNV-1a of `a.cedar` and the text after it.
    let whole = "---\nsource: x\n---\n 1 citizen\nroute.ask   ✔\nof policies c8bf9de0d6b1ef16";
    let tree = Tree::from([policy, (TABLE, whole)]);
    assert_eq!(access::check(&tree), []);
    assert_eq!(access::table(&tree), " 1 citizen\nroute.ask   ✔\n");
    let changed = ("crates/engine/access/policy/a.cedar", "permit (principal, action, resource)");
    assert_eq!(access::check(&Tree::from([changed, (TABLE, whole)])).len(), 1);
    assert_eq!(access::check(&Tree::from([policy])).len(), 1, "no table at all");
}
