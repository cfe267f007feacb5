use super::major;

#[test]
fn versions_are_read_as_programs_say_them() {
    assert_eq!(major("v20.20.2\n"), Some(20));
    assert_eq!(major("postgres (PostgreSQL) 15.6 (Debian 15.6-0+deb12u1)"), Some(15));
    assert_eq!(major("no idea"), None);
}
