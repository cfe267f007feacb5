# The invented night of `waylight demo`.
demo-name = Demo night
demo-means = People and events are invented. You can run the clock faster here.
demo-speed = Clock speed
demo-skip = Skip 15 minutes
demo-failed = The demo clock did not answer.
demo-screens = Other screens
demo-citizen = Citizen
demo-desk = Desk
demo-supervisor = Supervisor
demo-team = Team
demo-haven = Haven
demo-admin = Seats
demo-parts = Who would you like to be?
demo-parts-means = In the demo you sign in without a passkey. The seat you take is yours from then on.
demo-played = played by a simulated person
demo-free = free
