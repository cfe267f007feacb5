//! A store's till: somebody taps her name, the drill is done, and rarely someone needs shelter.

use super::Scene;
use super::phone::{Phone, Trouble};
use super::watch::Look;
use crate::chance::Chance;
use kernel::{Instant, Span};
use std::sync::Arc;
use std::time::Duration;
use wire::alarm::{Grade, Raise, Raised, Regrade, Retract};
use wire::haven::{Drill, SetShift, TillScreen};

/// A till is looked at this often, real time, at the least.
const GLANCE: Duration = Duration::from_secs(1);
/// Mean time between presses of one till: over 45 stores about one an hour.
const BETWEEN_PRESSES_S: f64 = 45.0 * 3_600.0;
/// The share of stores where nobody trained signs on tonight.
const UNSTAFFED: f64 = 0.18;

struct Till {
    scene: Arc<Scene>,
    part: String,
    phone: Phone,
    chance: Chance,
    staffed: bool,
    next_press: Instant,
}

/// Plays the seat for as long as nobody real sits there.
pub(crate) async fn play(scene: Arc<Scene>, part: String) {
    // Whether a store is staffed tonight hangs on the seed alone: a restart changes nobody's shift.
    let staffed = !Chance::of(scene.seed, &part).happens(UNSTAFFED);
    let (phone, mut chance, watch) = (scene.phone(&part), scene.chance(&part), scene.watch.clone());
    let next_press = watch.now() + Span::seconds(chance.waiting_s(BETWEEN_PRESSES_S) as i64);
    watch.wait(Span::seconds(chance.below(240) as i64), Duration::from_millis(50)).await;
    let mut till = Till { scene, part, phone, chance, staffed, next_press };
    let mut seated = false;
    loop {
        if !watch.plays(&till.part) {
            seated = false;
        } else if !seated {
            let key = format!("{:x}", till.chance.bits());
            seated = till.phone.sit_down(&till.part, &till.scene.pass, &key).await.is_ok();
        }
        if seated && let Err(trouble) = till.work().await {
            tracing::debug!(%trouble, part = %till.part, "a simulated till was refused");
            seated = !matches!(trouble, Trouble::Refused { status: 401 | 403, .. });
        }
        let often = Span::seconds(60 + till.chance.below(60) as i64);
        let look = Look { often, idle: Span::minutes(40), least: GLANCE };
        let press = till.next_press.max(watch.now() + Span::seconds(30));
        watch.news(look, till.staffed.then_some(press)).await;
    }
}

impl Till {
    async fn work(&mut self) -> Result<(), Trouble> {
        if !self.staffed {
            return Ok(());
        }
        let screen: TillScreen = self.phone.get("/api/haven/till").await?;
        if screen.staff.iter().all(|person| !person.on_shift) {
            let trained: Vec<_> = screen.staff.iter().filter(|person| person.trained).collect();
            if let Some(person) = self.chance.pick(&trained).map(|person| person.person) {
                let key = self.key();
                let shift = SetShift { person, on: true };
                self.phone.tell("/api/haven/till/shift", &key, &shift).await?;
            }
        }
        let on_shift = screen.staff.iter().find(|person| person.on_shift && person.trained);
        let due = screen.drill_due_at.is_none_or(|due| due <= screen.now);
        if let Some(person) = on_shift.filter(|_| due).map(|person| person.person) {
            let key = self.key();
            self.phone.tell("/api/haven/till/drill", &key, &Drill { person }).await?;
        }
        if self.scene.watch.now() >= self.next_press {
            let wait = self.chance.waiting_s(BETWEEN_PRESSES_S);
            self.next_press = self.scene.watch.now() + Span::seconds(wait as i64);
            if screen.alarm.is_none() {
                return self.press().await;
            }
        }
        Ok(())
    }

    fn key(&mut self) -> String {
        format!("{:x}", self.chance.bits())
    }

    /// The hold, then the grade; one in four was leaning on the button.
    async fn press(&mut self) -> Result<(), Trouble> {
        let raise = Raise {
            first_at: self.phone.shows(self.scene.watch.now()),
            locations: Vec::new(),
            silent: true,
            grade: None,
            escort: None,
            pin: None,
            duress_pin: None,
        };
        let key = self.key();
        let raised: Raised = self.phone.post("/api/alarm/alarms", &key, &raise).await?;
        let path = format!("/api/alarm/alarms/{}", raised.alarm.id);
        let think = Span::seconds(4 + self.chance.below(10) as i64);
        self.scene.watch.wait(think, Duration::ZERO).await;
        if self.chance.happens(0.25) {
            let back = Retract { pin: None };
            return self
                .phone
                .tell(&format!("{path}/retract"), &format!("{key}-back"), &back)
                .await;
        }
        let grades = [Grade::ComeAndLook, Grade::ComeAndLook, Grade::Sheltering];
        let grade = self.chance.pick(&grades).copied().unwrap_or(Grade::Sheltering);
        self.phone.tell(&format!("{path}/grade"), &format!("{key}-grade"), &Regrade { grade }).await
    }
}
