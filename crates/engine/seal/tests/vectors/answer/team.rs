use super::{Answer, wraps::private};
use crate::case::{Case, hex};
use seal::{
    id::{DeviceId, TeamId},
    team::Epoch,
};
use serde_json::json;

pub fn answer(operation: &str, case: &Case<'_>) -> Option<Answer> {
    (operation == "open").then(|| open(case))
}

fn open(case: &Case<'_>) -> Answer {
    let epoch = Epoch { team: TeamId(case.exactly("team")), number: case.number("epoch") };
    let device = DeviceId(case.exactly("device"));
    let key = epoch.open(device, &private(case)?, &case.bytes("closed"))?;
    Ok(json!({ "seed": hex(key.seed().expose()) }))
}
