//! Who gets in, and who is put out again.

use crate::city::{NIGHT, in_every_database};
use kernel::{DistrictCode, Id, Secret, Span, id};
use store::{Failure, NewDevice, NewSession, Passkey, StaffMember, Store};

fn token(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn dispatcher(bits: u128) -> StaffMember {
    StaffMember {
        id: Id::from_bits(bits),
        roles: "[\"desk\"]".to_owned(),
        district: DistrictCode::try_from("gwanak".to_owned()).ok(),
        name: Some(Id::from_bits(99)),
        active: true,
        created_at: NIGHT,
    }
}

async fn open(store: &Store, text: &str, person: Option<Id<id::Person>>) -> Id<id::Session> {
    store
        .transact("test::open", async |tx| {
            tx.session_open(&NewSession {
                token: token(text),
                person,
                device: None,
                role: "\"desk\"".to_owned(),
                created_at: NIGHT,
                expires_at: NIGHT + Span::hours(8),
                confirmed_at: None,
            })
            .await
        })
        .await
        .unwrap()
}

async fn hire(store: &Store, member: &StaffMember) {
    store.transact("test::hire", async |tx| tx.staff_put(member).await).await.unwrap();
}

#[test]
fn an_enrolment_code_lets_one_person_in_once_and_not_late() {
    in_every_database(async |city| {
        let store = city.open().await;
        hire(&store, &dispatcher(1)).await;
        let used = store
            .transact("test::enrol", async |tx| {
                for code in ["good", "late"] {
                    let until = NIGHT + Span::hours(1);
                    tx.enrolment_put(&token(code), Id::from_bits(1), until).await?;
                }
                Ok::<_, Failure>([
                    tx.enrolment_use(&token("wrong"), NIGHT).await?,
                    tx.enrolment_use(&token("good"), NIGHT).await?,
                    tx.enrolment_use(&token("good"), NIGHT).await?,
                    tx.enrolment_use(&token("late"), NIGHT + Span::hours(1)).await?,
                ])
            })
            .await
            .unwrap();
        assert_eq!(used, [None, Some(Id::from_bits(1)), None, None]);
    });
}

#[test]
fn a_passkey_is_found_by_its_id_and_cannot_be_taken_over_by_somebody_else() {
    in_every_database(async |city| {
        let store = city.open().await;
        hire(&store, &dispatcher(1)).await;
        hire(&store, &dispatcher(2)).await;
        let passkey = |person: u128, counter: u32| Passkey {
            id: b"credential".to_vec(),
            person: Id::from_bits(person),
            credential: format!("{{\"counter\":{counter}}}"),
            created_at: NIGHT,
            used_at: (counter > 0).then_some(NIGHT),
        };
        let put = async |passkey: Passkey| {
            store.transact("test::passkey", async |tx| tx.passkey_put(&passkey).await).await
        };
        put(passkey(1, 0)).await.unwrap();
        put(passkey(1, 7)).await.unwrap();
        assert!(put(passkey(2, 8)).await.is_err());
        assert_eq!(store.passkey(b"credential").await.unwrap(), Some(passkey(1, 7)));
        assert_eq!(store.passkeys(Id::from_bits(1)).await.unwrap(), [passkey(1, 7)]);
        let removed = store
            .transact("test::remove", async |tx| {
                let others = tx.passkey_remove(Id::from_bits(2), b"credential").await?;
                Ok::<_, Failure>((
                    others,
                    tx.passkey_remove(Id::from_bits(1), b"credential").await?,
                ))
            })
            .await
            .unwrap();
        assert_eq!(removed, (false, true));
    });
}

#[test]
fn a_session_ends_by_time_by_hand_and_when_its_person_leaves() {
    in_every_database(async |city| {
        let store = city.open().await;
        hire(&store, &dispatcher(1)).await;
        let one = Id::from_bits(1);
        let first = open(&store, "t1", Some(one)).await;
        open(&store, "t2", Some(one)).await;
        let till = open(&store, "till", None).await;
        let found = async |text: &str, after: Span| {
            let alone = store.session(&token(text), NIGHT + after).await.unwrap();
            // Asked among others, twice even, it is answered as alone.
            let among = [token("guess"), token(text), token("no guess"), token(text)];
            let together = store.sessions_together(&among, NIGHT + after).await.unwrap();
            assert_eq!(together, [None, alone.clone(), None, alone.clone()]);
            alone.map(|session| session.id)
        };
        assert_eq!(found("t1", Span::ZERO).await, Some(first));
        assert_eq!(found("t1", Span::hours(8)).await, None);
        assert_eq!(found("guess", Span::ZERO).await, None);
        assert_eq!(store.sessions_of(one, NIGHT).await.unwrap().len(), 2);

        let revoked = store
            .transact("test::revoke", async |tx| {
                tx.session_seen(first, NIGHT, NIGHT + Span::hours(9)).await?;
                let once = tx.session_revoke(first, NIGHT).await?;
                Ok::<_, Failure>((once, tx.session_revoke(first, NIGHT).await?))
            })
            .await
            .unwrap();
        assert_eq!(revoked, (true, false));
        assert_eq!(found("t1", Span::ZERO).await, None);
        assert!(found("t2", Span::ZERO).await.is_some());

        hire(&store, &StaffMember { active: false, ..dispatcher(1) }).await;
        assert_eq!(found("t2", Span::ZERO).await, None);
        assert_eq!(found("till", Span::ZERO).await, Some(till));
        assert_eq!(store.staff().await.unwrap(), [StaffMember { active: false, ..dispatcher(1) }]);
        hire(&store, &dispatcher(1)).await;
        let everywhere =
            store.transact("test::everywhere", async |tx| tx.sessions_revoke_of(one, NIGHT).await);
        assert_eq!(everywhere.await.unwrap(), 1);
        assert_eq!(found("t2", Span::ZERO).await, None);
        store.forget_expired(NIGHT + Span::hours(10)).await.unwrap();
        assert_eq!(store.staff_member(one).await.unwrap(), Some(dispatcher(1)));
    });
}

#[test]
fn a_device_is_paired_until_it_is_not_and_its_sessions_end_with_it() {
    in_every_database(async |city| {
        let store = city.open().await;
        let device = store
            .transact("test::pair", async |tx| {
                let device = tx
                    .device_pair(&NewDevice {
                        token: token("till-7"),
                        purpose: "{\"haven\":7}".to_owned(),
                        paired_at: NIGHT,
                    })
                    .await?;
                tx.device_seen(device, NIGHT + Span::minutes(1)).await?;
                tx.session_open(&NewSession {
                    token: token("s"),
                    person: None,
                    device: Some(device),
                    role: "\"haven\"".to_owned(),
                    created_at: NIGHT,
                    expires_at: NIGHT + Span::hours(8),
                    confirmed_at: None,
                })
                .await?;
                Ok::<_, Failure>(device)
            })
            .await
            .unwrap();
        let known = store.device(&token("till-7")).await.unwrap().unwrap();
        assert_eq!((known.id, known.seen_at), (device, Some(NIGHT + Span::minutes(1))));
        assert_eq!(store.devices().await.unwrap(), [known]);
        let session = store.session(&token("s"), NIGHT).await.unwrap().unwrap();
        assert_eq!(session.device, Some(device));
        let revoked =
            store.transact("test::unpair", async |tx| tx.device_revoke(device, NIGHT).await).await;
        assert!(revoked.unwrap());
        assert_eq!(store.device(&token("till-7")).await.unwrap(), None);
        assert_eq!(store.session(&token("s"), NIGHT).await.unwrap(), None);
    });
}

#[test]
fn ending_everything_of_a_person_leaves_no_session_device_code_or_passkey() {
    in_every_database(async |city| {
        let store = city.open().await;
        let (one, two) = (Id::from_bits(1), Id::from_bits(2));
        let gwanak = dispatcher(1).district.unwrap();
        hire(&store, &dispatcher(1)).await;
        hire(&store, &dispatcher(2)).await;
        open(&store, "hers", Some(two)).await;
        let until = NIGHT + Span::days(7);
        let session = store
            .transact("test::fill", async |tx| {
                let device = tx
                    .device_pair(&NewDevice {
                        token: token("phone"),
                        purpose: "\"team\"".to_owned(),
                        paired_at: NIGHT,
                    })
                    .await?;
                let session = tx
                    .session_open(&NewSession {
                        token: token("phone"),
                        person: Some(one),
                        device: Some(device),
                        role: "\"team\"".to_owned(),
                        created_at: NIGHT,
                        expires_at: NIGHT + Span::days(180),
                        confirmed_at: None,
                    })
                    .await?;
                tx.session_confirm(session, NIGHT + Span::minutes(3)).await?;
                tx.enrolment_put(&token("early"), one, NIGHT + Span::hours(1)).await?;
                tx.enrolment_put(&token("late"), one, until).await?;
                tx.passkey_put(&Passkey {
                    id: b"lost".to_vec(),
                    person: one,
                    credential: "{}".to_owned(),
                    created_at: NIGHT,
                    used_at: None,
                })
                .await?;
                Ok::<_, Failure>(session)
            })
            .await
            .unwrap();
        let listed = store.sessions_in(&gwanak, NIGHT).await.unwrap();
        assert_eq!(listed.len(), 2, "hers and the phone's");
        let phone = listed.iter().find(|one| one.id == session).unwrap();
        assert_eq!(phone.confirmed_at, Some(NIGHT + Span::minutes(3)));
        assert_eq!(phone.roles.as_deref(), Some("[\"desk\"]"), "what its person may be now");
        assert_eq!(store.codes_in(&gwanak, NIGHT).await.unwrap(), [(one, until)]);
        assert_eq!(store.session_person(session).await.unwrap(), Some(one));
        let ended = store.transact("test::end", async |tx| {
            let removed = tx.passkeys_remove_of(one).await?;
            Ok::<_, Failure>((tx.sessions_revoke_of(one, NIGHT).await?, removed))
        });
        assert_eq!(ended.await.unwrap(), (1, 1));
        assert_eq!(store.device(&token("phone")).await.unwrap(), None);
        assert_eq!(store.session(&token("phone"), NIGHT).await.unwrap(), None);
        assert_eq!(store.codes_in(&gwanak, NIGHT).await.unwrap(), []);
        let late = store
            .transact("test::late", async |tx| tx.enrolment_use(&token("late"), NIGHT).await)
            .await;
        assert_eq!(late.unwrap(), None);
        assert_eq!(store.passkeys(one).await.unwrap(), []);
        assert_eq!(store.sessions_in(&gwanak, NIGHT).await.unwrap().len(), 1, "another's stays");
        assert_eq!(store.devices().await.unwrap(), []);
    });
}
