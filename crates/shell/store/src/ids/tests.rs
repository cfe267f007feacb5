use super::*;
use kernel::id;

async fn drawn(seed: u64) -> Vec<Id<id::Escort>> {
    with_ids_of(seed, async { (0..3).map(|_turn| new_id().unwrap()).collect() }).await
}

#[tokio::test]
async fn a_simulation_draws_the_same_ids_again_and_nobody_else_draws_them() {
    assert_eq!(drawn(7).await, drawn(7).await);
    assert_ne!(drawn(7).await, drawn(8).await);
    let outside: Id<id::Escort> = new_id().unwrap();
    assert!(!drawn(7).await.contains(&outside));
    let spawned = with_ids_of(7, async {
        tokio::spawn(async { new_id::<id::Escort>().unwrap() }).await.unwrap()
    });
    assert_ne!(spawned.await, drawn(7).await[0], "a task of its own is no part of the simulation");
}
