use super::*;
use ::matching::receipt::ReceiptKey;
use axum::{Json, Router, routing::post};
use tokio::net::TcpListener;

/// Somebody who answers every question with this.
async fn issuer(status: StatusCode, body: serde_json::Value) -> Redeemer {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = format!("http://{}", listener.local_addr().unwrap());
    let answer = post(move || async move { (status, Json(body)) });
    let router = Router::new().route("/v1/redeem", answer);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Redeemer::new(Origin::read(&at).unwrap(), key().public())
}

fn key() -> ReceiptKey {
    ReceiptKey::of(&[3; 32]).unwrap()
}

fn signed(key: &ReceiptKey, kind: Kind, question: &[u8; 32]) -> serde_json::Value {
    let receipt = TokenRedeemed { receipt: Exact(key.receipt(kind, question)) };
    serde_json::to_value(&receipt).unwrap()
}

#[tokio::test]
async fn only_the_issuer_says_yes_and_only_to_what_was_asked() {
    let question = [5; 32];
    let ask = async |body| {
        issuer(StatusCode::OK, body).await.redeem(Kind::Ask, &[1; 64], &question).await
    };
    assert_eq!(ask(signed(&key(), Kind::Ask, &question)).await, Ok(()));
    let away = Err(NotRedeemed::IssuerAway);
    assert_eq!(ask(signed(&key(), Kind::Leave, &question)).await, away);
    assert_eq!(ask(signed(&key(), Kind::Ask, &[6; 32])).await, away);
    let other = ReceiptKey::of(&[4; 32]).unwrap();
    assert_eq!(ask(signed(&other, Kind::Ask, &question)).await, away);
    assert_eq!(ask(serde_json::json!({})).await, away);
    assert_eq!(ask(serde_json::json!({ "receipt": "x".repeat(9_000) })).await, away);
}

#[tokio::test]
async fn a_no_of_the_issuer_is_a_no_and_anything_else_is_nobody() {
    let no = async |status, code: &str| {
        let problem = serde_json::json!({ "code": code, "status": 409, "title": "" });
        issuer(status, problem).await.redeem(Kind::Ask, &[1; 64], &[5; 32]).await
    };
    let conflict = StatusCode::CONFLICT;
    assert_eq!(no(conflict, "matching.token_wrong").await, Err(NotRedeemed::TokenWrong));
    assert_eq!(no(conflict, "matching.token_used").await, Err(NotRedeemed::TokenUsed));
    let fault = StatusCode::INTERNAL_SERVER_ERROR;
    assert_eq!(no(fault, "request.fault").await, Err(NotRedeemed::IssuerAway));
    let closed = Origin::read("http://127.0.0.1:1").unwrap();
    let nobody = Redeemer::new(closed, key().public());
    let answered = nobody.redeem(Kind::Ask, &[1; 64], &[5; 32]).await;
    assert_eq!(answered, Err(NotRedeemed::IssuerAway));
}
