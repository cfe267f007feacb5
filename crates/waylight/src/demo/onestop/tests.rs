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
        assert_eq!(network.centers.len(), 3);
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
    assert_eq!(keys, [&*known[0].key, &*known[0].key, &*known[1].key, &*known[2].key]);
    let roles: Vec<_> = seats.iter().map(|seat| seat.roles[0]).collect();
    let expected = [Role::Caseworker, Role::CaseSupervisor, Role::Caseworker, Role::ServicePartner];
    assert_eq!(roles, expected);
    let takes: Vec<_> = known.iter().map(Center::takes).collect();
    assert_eq!(takes, [Takes::Reports, Takes::Reports, Takes::Referrals]);
}
