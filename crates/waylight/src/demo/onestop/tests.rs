use super::*;

fn witnesses() -> [Secret<[u8; 32]>; 2] {
    [Secret::new([1; 32]), Secret::new([2; 32])]
}

#[test]
fn every_invented_center_says_that_it_is_and_the_network_is_one_a_pack_may_have() {
    for text in [sim::district::PACK.to_owned(), sim::district::gaon::pack()] {
        let pack = Pack::parse(&text).unwrap();
        let network = network(&pack, &witnesses()).unwrap();
        assert_eq!(network.check(), Ok(()));
        assert_eq!(network.centers.len(), 5);
        assert_eq!((network.age_rules.len(), network.duties.len()), (2, 1));
        assert!(network.duties.iter().all(|duty| duty.confirmed_by.contains("nobody")));
        for center in &network.centers {
            assert!(center.name.ko.ends_with("(지어낸 곳)"), "{}", center.name.ko);
            assert!(center.name.en.ends_with("(invented)"), "{}", center.name.en);
            assert!(center.phone.starts_with("02-000-"), "{}", center.phone);
        }
    }
}

#[test]
fn every_invented_center_has_people_of_the_kind_it_takes() {
    let pack = Pack::parse(sim::district::PACK).unwrap();
    let seats = caseworkers(&pack);
    let keys: Vec<_> = seats.iter().filter_map(|seat| seat.center.as_deref()).collect();
    let known = network(&pack, &witnesses()).unwrap().centers;
    let [counsel, medical, legal, police, figures] = [0, 1, 2, 3, 4].map(|at| &*known[at].key);
    assert_eq!(keys, [counsel, counsel, medical, legal, police, figures]);
    let roles: Vec<_> = seats.iter().map(|seat| seat.roles[0]).collect();
    let [worker, partner] = [Role::Caseworker, Role::ServicePartner];
    assert_eq!(roles, [worker, Role::CaseSupervisor, worker, partner, partner, partner]);
    let takes: Vec<_> = known.iter().map(Center::takes).collect();
    let (reports, referrals) = (Takes::Reports, Takes::Referrals);
    assert_eq!(takes, [reports, reports, referrals, referrals, referrals]);
}
