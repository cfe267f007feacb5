use super::*;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{SeedableRng, rngs::ChaCha20Rng};
use seal::key::PrivateKey;

/// Three keys on a line, of shares 1 + 2x: 3, 5, 7.
fn holder_keys() -> [[u8; 32]; 3] {
    [3, 5, 7].map(|share| {
        let mut bytes = [0; 32];
        bytes[0] = share;
        let no = ::matching::holder::HolderNo::ALL[0];
        ::matching::holder::HolderKey::of(no, &bytes).unwrap().public()
    })
}

fn table() -> toml::Table {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let mut sealing =
        || URL_SAFE_NO_PAD.encode(PrivateKey::draw(&mut rng).unwrap().public().bytes());
    let (matcher, first, second) = (sealing(), sealing(), sealing());
    let [one, two, three] = holder_keys().map(|key| URL_SAFE_NO_PAD.encode(key));
    let [ask, leave] = [9, 11].map(|byte: u8| {
        let mut key = [0; 32];
        key[0] = byte;
        URL_SAFE_NO_PAD.encode(token::Issuer::of(&key, &[1; 32]).unwrap().public())
    });
    let receipt = receipt::ReceiptKey::of(&[7; 32]).unwrap().public();
    let receipt = URL_SAFE_NO_PAD.encode(receipt);
    let name = "name = { ko = \"집\", en = \"House\" }";
    let holder = |at: u8, key: &str| {
        format!("[[holders]]\n{name}\norigin = \"https://h{at}.example.org\"\nkey = \"{key}\"\n")
    };
    let text = format!(
        "matcher_key = \"{matcher}\"\n[issuer]\n{name}\nwhere = {{ ko = \"가\", en = \"There\" }}\n\
         hours = {{ ko = \"낮\", en = \"By day\" }}\nphone = \"02-1234\"\n\
         origin = \"https://issuer.example.org\"\nask_key = \"{ask}\"\nleave_key = \"{leave}\"\n\
         receipt_key = \"{receipt}\"\n{}{}{}\
         [[counsel]]\n{name}\nkey = \"{first}\"\n[[counsel]]\n{name}\nkey = \"{second}\"\n",
        holder(1, &one),
        holder(2, &two),
        holder(3, &three)
    );
    toml::from_str(&text).unwrap()
}

fn read(table: toml::Table) -> Result<Matching, String> {
    let matching: Matching = table.try_into().map_err(|error| error.to_string())?;
    matching.check().map(|()| matching)
}

/// The table with one value put in the place of another, by its path.
fn with(path: &[&str], value: impl Into<toml::Value>) -> Result<Matching, String> {
    let mut table = toml::Value::Table(table());
    let mut at = &mut table;
    for part in path {
        at = match part.parse::<usize>() {
            Ok(index) => &mut at[index],
            Err(_name) => at.as_table_mut().unwrap().entry(*part).or_insert(false.into()),
        };
    }
    *at = value.into();
    read(table.try_into().unwrap())
}

fn of(path: &[&str]) -> toml::Value {
    let whole = toml::Value::Table(table());
    path.iter()
        .fold(&whole, |at, part| match part.parse::<usize>() {
            Ok(index) => &at[index],
            Err(_name) => &at[*part],
        })
        .clone()
}

#[test]
fn a_whole_table_is_taken() {
    let matching = read(table()).unwrap();
    let origins: Vec<&str> = matching.origins().map(Origin::as_str).collect();
    assert_eq!(origins[0], "https://issuer.example.org");
    assert_eq!(origins.len(), 4);
}

#[test]
fn what_cannot_be_true_is_said() {
    let said = |path: &[&str], value: toml::Value, what: &str| {
        let reason = with(path, value).map(drop).unwrap_err();
        assert!(reason.contains(what), "{reason}");
    };
    let swapped = of(&["holders", "1", "key"]);
    said(&["holders", "0", "key"], swapped, "not of one ceremony");
    said(&["holders"], toml::Value::Array(Vec::new()), "three, in three houses");
    said(&["counsel"], toml::Value::Array(Vec::new()), "two, each with a key of their own");
    said(&["counsel", "1", "key"], of(&["counsel", "0", "key"]), "three keys");
    said(&["matcher_key"], of(&["counsel", "0", "key"]), "three keys");
    said(&["issuer", "leave_key"], of(&["issuer", "ask_key"]), "are the same");
    said(&["issuer", "ask_key"], "_".repeat(43).into(), "no key");
    said(&["issuer", "origin"], "https://h1.example.org".into(), "one origin together");
    said(&["issuer", "hours"], of(&["issuer", "phone"]), "invalid type");
    said(&["issuer", "phone"], "me".into(), "cannot be dialed");
    said(&["holders", "0", "name", "ko"], " ".into(), "in ko and en");
    said(&["matcher_key"], "AAAA".into(), "1,622 letters");
    said(&["spare"], "x".into(), "unknown field");
}

#[test]
fn an_origin_has_three_parts_and_is_safe_on_the_way() {
    for good in ["https://a.example.org", "https://a.example.org:8443", "http://127.0.0.1:7004"] {
        assert_eq!(Origin::read(good).unwrap().as_str(), good);
    }
    for bad in [
        "http://a.example.org",
        "https://a.example.org/",
        "https://a.example.org/x",
        "a.example.org",
        "https://",
        "https://me@a.example.org",
        "ftp://a.example.org",
        "https://a.example.org;x",
        "https://a.example.org https://b.example.org",
        "",
    ] {
        assert!(Origin::read(bad).is_none(), "{bad}");
    }
    let redeem_at = with(&["redeem_at"], "http://127.0.0.1:7004").unwrap().redeem_at;
    assert_eq!(redeem_at.unwrap().as_str(), "http://127.0.0.1:7004");
}
