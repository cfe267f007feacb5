use super::*;

const TABLE: &str =
    "사용월,호선명,지하철역,21시-22시 하차인원,22시-23시 승차인원,22시-23시 하차인원,\
23시-24시 하차인원,작업일자
202210,2호선,신림,900,100,5000,3000,20221103
202210,2호선,봉천,900,100,1000,\"1000\",20221103
202210,신림선,신림,900,100,500,500,20221103
202210,1호선,서울역,900,100,10,10,20221103
";

#[test]
fn people_come_out_at_night_where_the_table_says() {
    let (bytes, _, _) = encoding_rs::EUC_KR.encode(TABLE);
    let ridership = Ridership::parse(&bytes);
    assert_eq!(ridership.stations(), 3);
    assert!((ridership.at("신림역") - 9_000.0).abs() < 1e-9, "both lines of one station");
    assert!((ridership.at("봉천(관악구청)") - 2_000.0).abs() < 1e-9);
    assert!((ridership.at("서울역") - 20.0).abs() < 1e-9);
    assert!((ridership.at("어디에도없는역") - 11_020.0 / 3.0).abs() < 1e-9);
}

#[test]
fn without_a_table_every_station_has_the_same_crowd() {
    let none = Ridership::parse(b"");
    assert!((none.at("신림") - 1.0).abs() < 1e-12 && (none.at("봉천") - 1.0).abs() < 1e-12);
}
