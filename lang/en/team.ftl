# The team's screen.
team-off = Off duty
team-off-means = Nothing arrives while you are off duty.
team-go-on = Go on duty
team-on = On duty
team-on-means = We tell you when somebody near you asks.
team-go-off = Go off duty
team-tonight = { $n ->
    [one] { $n } walk tonight
   *[other] { $n } walks tonight
}
team-not-live = No connection. Go on working; it is sent when connected.
team-waiting = { $n } waiting.
team-offer = Somebody asks for a walk
team-offer-facts = { $minutes } min on foot · { $people ->
    [one] { $people } person
   *[other] { $people } people
}
team-left = { $n } seconds left
team-accept = Accept
team-decline = Decline
team-decline-why = Why not?
team-decline-means = No penalty. The next team is asked at once.
team-back = Back
team-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
team-now-accepted = Ready to set off
team-now-on-the-way = On the way to meet
team-now-arrived = At the meeting place
team-now-met = You have met
team-now-walking = Walking together
team-now-seen = Checking
team-now-sent = Checking
team-do-set-off = Set off
team-do-arrive = We are here
team-do-meet = The words match
team-do-walk = Start walking
team-do-home = Home at the door
team-word-differs = If the words differ, do not go together. Call the desk.
team-home-later = The home is shown after you have met.
team-home-ask = Ask where to walk to.
team-home-on-map = Marked on the map
team-call-desk = Call the desk
team-cancel = We cannot do this walk
team-walk-up = Walk with somebody here
team-walk-up-people = How many people?
team-walk-up-no = Never mind
team-alarm = HOLD: help for us
team-alarm-sub = The desk is told at once
team-walk-up-where = Where are you standing?
