use super::*;
use std::fmt::Write;

fn seat(roles: &[Role], closed: bool) -> Seat {
    Seat { roles: roles.to_vec(), closed, ended_at: None }
}

#[test]
fn what_can_be_done_about_a_seat() {
    let session = Id::from_bits(1);
    let states = [
        ("nothing yet", seat(&[], false)),
        ("dispatcher", seat(&[Role::Dispatcher], false)),
        ("team", seat(&[Role::Team], false)),
        ("caseworker", seat(&[Role::Caseworker], false)),
        ("service partner", seat(&[Role::ServicePartner], false)),
        ("case supervisor", seat(&[Role::CaseSupervisor], false)),
        ("closed", seat(&[Role::Dispatcher], true)),
    ];
    let commands = [
        ("open as analyst", Command::Open { roles: vec![Role::Analyst] }),
        ("open as nothing", Command::Open { roles: vec![] }),
        ("open as team and till", Command::Open { roles: vec![Role::Team, Role::Haven] }),
        ("roles: dispatcher", Command::SetRoles { roles: vec![Role::Dispatcher] }),
        (
            "roles: two offices",
            Command::SetRoles { roles: vec![Role::Programme, Role::Dispatcher, Role::Programme] },
        ),
        ("roles: team", Command::SetRoles { roles: vec![Role::Team] }),
        ("roles: caseworker", Command::SetRoles { roles: vec![Role::Caseworker] }),
        ("roles: partner", Command::SetRoles { roles: vec![Role::ServicePartner] }),
        ("roles: supervises", Command::SetRoles { roles: vec![Role::CaseSupervisor] }),
        ("open as both", Command::Open { roles: vec![Role::Caseworker, Role::CaseSupervisor] }),
        (
            "roles: desk and case",
            Command::SetRoles { roles: vec![Role::Caseworker, Role::Dispatcher] },
        ),
        ("roles: none", Command::SetRoles { roles: vec![] }),
        ("make a code", Command::MakeCode),
        ("sign in", Command::SignIn { session, role: Role::Dispatcher }),
        ("end one", Command::End { session }),
        ("end all", Command::EndAll { passkeys: true }),
        ("close", Command::Close),
    ];
    let mut table = String::new();
    for (name, command) in commands {
        let _ = write!(table, "{name:22}");
        for (_, state) in &states {
            let cell = match state.decide(command.clone(), &(), Instant::from_millis(0)) {
                Ok(events) => events.first().map_or("as it is", Fact::name),
                Err(refused) => refused.code(),
            };
            let _ = write!(table, "{cell:22}");
        }
        table = format!("{}\n", table.trim_end());
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_seat_is_what_its_events_made_it() {
    let mut seat = Seat::default();
    let mut now = 0;
    for command in [
        Command::Open { roles: vec![Role::Dispatcher] },
        Command::MakeCode,
        Command::SetRoles { roles: vec![Role::Programme, Role::Dispatcher] },
        Command::Close,
    ] {
        now += 1;
        let at = Instant::from_millis(now);
        for event in seat.decide(command, &(), at).unwrap() {
            seat.apply(&event, at);
        }
    }
    assert_eq!(seat.roles, [Role::Dispatcher, Role::Programme]);
    assert!(seat.closed);
    assert_eq!(seat.ended_at, Some(Instant::from_millis(4)));
}
