use super::*;
use futures::FutureExt;
use std::sync::atomic::{AtomicU32, Ordering};

fn at(seconds: i64) -> Instant {
    Instant::from_millis(seconds * 1_000)
}

fn table() -> Arc<Timetable> {
    Arc::new(Timetable::new(Arc::new(SteppedClock::at(at(0)))))
}

/// Lets somebody run as the world does, until she waits.
fn run(timetable: &Timetable, life: &mut Life) -> bool {
    timetable.run();
    life.as_mut().now_or_never().is_some()
}

#[test]
fn whoever_asked_first_for_a_moment_is_woken_first() {
    let timetable = table();
    let mut lives = Vec::new();
    for (who, until) in [(1, 20), (2, 10), (3, 10)] {
        let own = Arc::clone(&timetable);
        let mut life: Life = Box::pin(async move { own.wait_until(at(until)).await });
        timetable.begin(who);
        assert!(!run(&timetable, &mut life));
        assert!(timetable.waits());
        lives.push(life);
    }
    assert_eq!(timetable.next(), Some(at(10)));
    assert_eq!(timetable.wake(), None, "nobody before her moment");
    timetable.step_to(at(30));
    let woken: Vec<Who> = std::iter::from_fn(|| timetable.wake()).collect();
    assert_eq!(woken, [2, 3, 1]);
    assert!(lives.iter_mut().all(|life| run(&timetable, life)));
}

/// Somebody who counts how often she has looked.
fn listener(timetable: &Arc<Timetable>, looks: &Arc<AtomicU32>) -> Life {
    let (own, looks) = (Arc::clone(timetable), Arc::clone(looks));
    Box::pin(async move {
        own.hear("desk/gwanak");
        loop {
            own.listen_until(own.now() + Span::seconds(60)).await;
            looks.fetch_add(1, Ordering::SeqCst);
        }
    })
}

#[test]
fn a_ring_wakes_who_listens_and_is_kept_for_who_is_busy() {
    let (timetable, looks) = (table(), Arc::new(AtomicU32::new(0)));
    let mut life = listener(&timetable, &looks);
    timetable.begin(7);
    assert!(!run(&timetable, &mut life));
    timetable.ring("desk/dongjak", at(1));
    assert_eq!(timetable.next(), Some(at(60)), "that was another desk");
    timetable.ring("desk/gwanak", at(2));
    assert_eq!(timetable.next(), Some(at(2)));
    timetable.step_to(at(2));
    assert_eq!(timetable.wake(), Some(7));
    // It rings once more before she has sat down again.
    timetable.ring("desk/gwanak", at(3));
    assert!(!run(&timetable, &mut life));
    assert_eq!((looks.load(Ordering::SeqCst), timetable.next()), (1, Some(at(3))));
}

#[test]
fn nobody_rings_who_has_gone_home() {
    let (timetable, looks) = (table(), Arc::new(AtomicU32::new(0)));
    let mut life = listener(&timetable, &looks);
    timetable.begin(7);
    assert!(!run(&timetable, &mut life));
    timetable.gone(7);
    timetable.ring("desk/gwanak", at(1));
    assert_eq!(timetable.next(), None);
}
