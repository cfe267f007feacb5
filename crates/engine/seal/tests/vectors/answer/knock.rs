use super::{Answer, wraps::private};
use crate::case::{Case, hex};
use seal::{Refusal, id::TeamId, knock::Knock, report::Manifest, team::Epoch};
use serde_json::json;

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    Some(match operation {
        "open" => open(case).and_then(|knock| {
            Ok(json!({
                "case": hex(knock.case().0),
                "column": knock.column.number(),
                "consent": hex(knock.consent.bytes()?),
                "signature": hex(knock.signature),
            }))
        }),
        "verify" => verify(case, Knock::verify),
        "verify_later" => verify(case, Knock::verify_later),
        _ => return None,
    })
}

fn open(case: &Case<'_>) -> Result<Knock, Refusal> {
    let epoch = Epoch { team: TeamId(case.exactly("team")), number: case.number("epoch") };
    Knock::open(epoch, &private(case)?, &case.bytes("knock"))
}

fn verify(case: &Case<'_>, check: fn(&Knock, &Manifest) -> Result<(), Refusal>) -> Answer {
    let manifest = case.bytes("manifest");
    let knock = open(case)?;
    check(&knock, &Manifest::read(&manifest)?).map(|()| json!({}))
}
