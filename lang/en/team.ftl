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
# The two of a team: being left alone, load and hours.
team-two = The two of you
team-mute = Leave me alone
team-unmute = Reach me again
team-mute-of = Leave { $name } alone
team-mute-means = Whoever is left alone receives no offer, on duty or off, and with her neither does the team.
team-muted = Nothing reaches you until you say so.
team-muted-until = Nothing reaches you until { $at }.
team-week = This week: { $span }
team-week-left = { $span } left
team-load = How the work is shared
team-load-means = The last four weeks. The middle of everybody’s shows once five people were out.
team-load-offers-per-10-hours = Offers in 10 hours
team-load-walks-per-10-hours = Walks in 10 hours
team-load-walking-minutes-per-hour = Minutes walking in an hour
team-load-rest-minutes-per-hour = Minutes of rest in an hour
team-load-median = middle: { $n }
team-load-no-median = too few for a middle
team-out-since = On duty for { $span }, since { $at }
# Out alone: signs of life, and places to keep away from.
team-watch = Out alone
team-watch-means = We ask every 30 minutes whether you are well. Without an answer the desk calls.
team-watch-start = Ask after us
team-watch-due = Next word by { $at }, in { $span }
team-watch-asked = Are you well? The desk calls in 2 minutes.
team-watch-rings = The desk is looking for you. Call it.
team-watch-well = We are well
team-watch-end = No need any more
team-no-go = Keep away
team-no-go-until = Until { $at }
team-no-go-lift = No longer so
team-no-go-lift-of = { $place } is no longer to be kept away from
team-no-go-note = Note a place to keep away from
team-no-go-where = Where
team-no-go-why = Why
team-no-go-means = All teams of the district see it for two weeks. It names nobody.
