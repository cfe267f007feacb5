use super::*;
use proptest::prelude::*;

const NOW: Instant = Instant::from_millis(1_795_441_200_000);

fn tally(rows: u64, duplicates: u64, quarantined: u64, added: u64) -> Tally {
    let accepted = rows - duplicates - quarantined;
    Tally {
        rows,
        accepted,
        duplicates,
        quarantined,
        added,
        retired: 0,
        unchanged: accepted - added,
    }
}

fn import(source: u8, tally: Tally) -> Command {
    Command::Import {
        import: Id::from_bits(1),
        kind: RegisterKind::Assets(AssetKind::SecurityLight),
        district: Some("gwanak".to_owned().try_into().unwrap()),
        source: Digest([source; 32]),
        tally,
    }
}

fn give(register: &mut Register, command: Command) -> Result<usize, &'static str> {
    let events = register.decide(command, &Rules::default(), NOW).map_err(Refusal::code)?;
    for event in &events {
        register.apply(event, NOW);
    }
    Ok(events.len())
}

#[test]
fn every_command_in_every_state() {
    let mut once = Register::default();
    give(&mut once, import(1, tally(10, 1, 2, 7))).unwrap();
    let bus_stops = match import(2, tally(10, 0, 0, 10)) {
        Command::Import { import, district, source, tally, .. } => Command::Import {
            import,
            kind: RegisterKind::Assets(AssetKind::BusStop),
            district,
            source,
            tally,
        },
    };
    let mut lines = Vec::new();
    for (state, register) in [("empty", Register::default()), ("imported from file 1", once)] {
        lines.push(state.to_owned());
        for (name, command) in [
            ("file 1, all new", import(1, tally(10, 1, 2, 7))),
            ("file 1, nothing new", import(1, tally(10, 1, 2, 0))),
            ("file 2, nothing new", import(2, tally(10, 1, 2, 0))),
            ("file 2 of another kind", bus_stops.clone()),
            ("a row lost", import(3, Tally { rows: 11, ..tally(10, 1, 2, 7) })),
        ] {
            lines.push(match give(&mut register.clone(), command) {
                Ok(0) => format!("  {name}: changes nothing"),
                Ok(_) => format!("  {name} -> imported"),
                Err(code) => format!("  {name}: refused, {code}"),
            });
        }
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    empty
      file 1, all new -> imported
      file 1, nothing new -> imported
      file 2, nothing new -> imported
      file 2 of another kind -> imported
      a row lost: refused, environment.unbalanced
    imported from file 1
      file 1, all new -> imported
      file 1, nothing new: changes nothing
      file 2, nothing new -> imported
      file 2 of another kind: refused, environment.another-register
      a row lost: refused, environment.unbalanced
    "#);
}

#[test]
fn a_second_import_of_the_same_file_is_no_news() {
    let mut register = Register::default();
    assert_eq!(give(&mut register, import(1, tally(10, 0, 0, 10))), Ok(1));
    let before = register.clone();
    assert_eq!(give(&mut register, import(1, tally(10, 0, 0, 0))), Ok(0));
    assert_eq!(register, before);
    assert_eq!(give(&mut register, import(2, tally(10, 0, 0, 1))), Ok(1));
    assert_eq!((register.imports, register.imported_at), (2, Some(NOW)));
}

#[test]
fn a_digest_is_kept_as_hexadecimal() {
    let digest = Digest(std::array::from_fn(|at| at as u8 * 8));
    let kept = serde_json::to_string(&digest).unwrap();
    assert!(kept.starts_with("\"0008101820"), "{kept}");
    assert_eq!(serde_json::from_str::<Digest>(&kept).unwrap(), digest);
    for wrong in ["\"00\"".to_owned(), kept.to_uppercase(), kept.replace('0', "g")] {
        assert!(serde_json::from_str::<Digest>(&wrong).is_err(), "{wrong}");
    }
}

proptest! {
    #[test]
    fn only_a_tally_that_accounts_for_every_row_is_taken(
        rows in 0_u64..20, accepted in 0_u64..20, duplicates in 0_u64..20,
        quarantined in 0_u64..20, added in 0_u64..20, unchanged in 0_u64..20,
    ) {
        let tally =
            Tally { rows, accepted, duplicates, quarantined, added, retired: 3, unchanged };
        let adds_up = rows == accepted + duplicates + quarantined && added + unchanged <= accepted;
        let taken = give(&mut Register::default(), import(1, tally));
        prop_assert_eq!(taken.is_ok(), adds_up);
    }

    #[test]
    fn what_the_journal_keeps_can_be_read_again(added in 0_u64..10, source: u8) {
        let command = import(source, tally(10, 0, 0, added));
        let events = Register::default().decide(command, &Rules::default(), NOW).unwrap();
        let kept = serde_json::to_string(&events).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<Event>>(&kept).unwrap(), events);
    }
}

#[test]
fn numbers_that_overflow_do_not_balance() {
    let huge = Tally { rows: 1, accepted: u64::MAX, duplicates: 2, ..Tally::default() };
    assert!(!huge.balances());
}
