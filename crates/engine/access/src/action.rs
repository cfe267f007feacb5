//! What can be done, named `word.verb` as in the journal, the API and the policies.

/// Declares the actions with their names.
macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident = $name:literal,)*) => {
        /// What can be done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$doc])* $action,)*
        }

        impl Action {
            /// All of them, word by word.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$action),*];

            /// The name policies know it by: `word.verb`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$action => $name,)* }
            }
        }
    };
}

actions! {
    /// Ask for a walk home.
    EscortAsk = "escort.ask",
    /// Look at a walk.
    EscortView = "escort.view",
    /// See how far a walk is that one was shown.
    EscortWatch = "escort.watch",
    /// See the word and number both sides show.
    EscortViewProof = "escort.view-proof",
    /// See where she lives.
    EscortViewHome = "escort.view-home",
    /// See her phone number.
    EscortViewPhone = "escort.view-phone",
    /// Acknowledge a request as a person at a desk.
    EscortSee = "escort.see",
    /// Offer a walk to a team.
    EscortOffer = "escort.offer",
    /// Give a walk to another district.
    EscortHandOver = "escort.hand-over",
    /// Take in hand what rings.
    EscortLookInto = "escort.look-into",
    /// Take a walk.
    EscortAccept = "escort.accept",
    /// Not take a walk.
    EscortDecline = "escort.decline",
    /// Not go on with a walk, or replace its team.
    EscortStandDown = "escort.stand-down",
    /// Set off for the meeting point.
    EscortSetOff = "escort.set-off",
    /// Stand at the meeting point.
    EscortArrive = "escort.arrive",
    /// Confirm that both sides have met.
    EscortMeet = "escort.meet",
    /// Set off for home.
    EscortStartWalking = "escort.start-walking",
    /// Confirm that she is home.
    EscortArriveHome = "escort.arrive-home",
    /// Call a walk off.
    EscortCancel = "escort.cancel",
    /// Take somebody along who spoke to the team.
    EscortWalkUp = "escort.walk-up",
    /// Call for help.
    AlarmRaise = "alarm.raise",
    /// Look at an alarm.
    AlarmView = "alarm.view",
    /// Add candidates for where she is.
    AlarmAddLocation = "alarm.add-location",
    /// Take an alarm back.
    AlarmRetract = "alarm.retract",
    /// See the candidates for where she is.
    AlarmViewLocation = "alarm.view-location",
    /// Acknowledge an alarm as a person.
    AlarmAcknowledge = "alarm.acknowledge",
    /// Close an alarm with an outcome.
    AlarmClose = "alarm.close",
    /// See which stores are open and ready.
    HavenList = "haven.list",
    /// See a store's own screen: its staff on shift, its drills.
    HavenView = "haven.view",
    /// Start or end a shift.
    HavenShift = "haven.shift",
    /// Hold a drill.
    HavenDrill = "haven.drill",
    /// Note that somebody shelters, or has left.
    HavenRefuge = "haven.refuge",
    /// Note a store's agreement.
    HavenEnlist = "haven.enlist",
    /// Note a completed training.
    HavenTrain = "haven.train",
    /// Set opening hours.
    HavenSetHours = "haven.set-hours",
    /// Note a look at the sign.
    HavenCheckSign = "haven.check-sign",
    /// Suspend or resume a store.
    HavenSuspend = "haven.suspend",
    /// End a store's membership.
    HavenRetire = "haven.retire",
    /// See a team's night.
    VolunteerView = "volunteer.view",
    /// Go on or off duty.
    VolunteerDuty = "volunteer.duty",
    /// Form a team.
    VolunteerForm = "volunteer.form",
    /// Part a team.
    VolunteerDisband = "volunteer.disband",
    /// Enrol, check, train or suspend a volunteer.
    VolunteerVet = "volunteer.vet",
    /// Ask to join.
    VolunteerApply = "volunteer.apply",
    /// See where one's application stands, and take it back.
    VolunteerFollow = "volunteer.follow",
    /// See one's own page; sign up, swap, check in, have one's way home watched.
    VolunteerServe = "volunteer.serve",
    /// See and close a watch that rings.
    VolunteerWatch = "volunteer.watch",
    /// Draw beats.
    PatrolDraw = "patrol.draw",
    /// Walk a round and note what one notices.
    PatrolWalk = "patrol.walk",
    /// Take in hand what a patrol noticed, and close it.
    PatrolAnswer = "patrol.answer",
    /// List what is broken in the street, and close it.
    EnvironmentMend = "environment.mend",
    /// See where a seat is signed in, and its devices.
    SeatView = "seat.view",
    /// End a session, a device, or all of a seat.
    SeatEnd = "seat.end",
    /// Make a one-time code for a seat: a new device, a new passkey.
    SeatPair = "seat.pair",
    /// Open a new seat in a district.
    SeatOpen = "seat.open",
    /// Say which roles a seat has.
    SeatSetRoles = "seat.set-roles",
    /// Close a seat for good.
    SeatClose = "seat.close",
    /// Send a report to the one-stop network.
    OnestopReport = "onestop.report",
    /// Work for a center: what knocks, the cases closed for it.
    OnestopWork = "onestop.work",
    /// Hold a center's keys on a device of one's own.
    OnestopHoldKeys = "onestop.hold-keys",
    /// Write letters to other centers and read theirs, and say what the own one can do.
    OnestopRefer = "onestop.refer",
    /// See a district's figures.
    ImpactView = "impact.view",
    /// See what stands in the street.
    EnvironmentView = "environment.view",
    /// Import a register.
    EnvironmentImport = "environment.import",
    /// Ask for the ways home.
    RouteAsk = "route.ask",
    /// See how every desk fares.
    DeskOversee = "desk.oversee",
    /// Verify the journal.
    JournalVerify = "journal.verify",
    /// Take somebody's seat in the demonstration.
    DemoTakeSeat = "demo.take-seat",
    /// Set the demonstration's clock.
    DemoSetClock = "demo.set-clock",
}
