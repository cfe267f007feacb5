# The steps of a caseworker. Short, and saying what comes next.
work-steps = The steps of this case
work-mark-due = To do now:
work-mark-done = Done:
work-mark-none = Nothing yet:
work-none = Nothing yet
work-closed-step = First tell her what stays between you, above. Then the rest opens.
work-not-for-us = She has not given this center the records of the work. So none can be written here.
work-unknown = Not known
work-year = Year
work-month = Month
work-day = Day
work-send = Write it down
work-sending = Closing and writing it down.
work-sent = Written down.
work-taken = A colleague was faster. Please read it above and press again. What you typed is still there.
work-unsent = It was not written down. What you typed is still there; please press again.
work-cancel = Let it go
work-kept = { $n } unfinished forms are still in the memory of this page. Open it with the same key within an hour to go on. Closing the page loses them.
work-back = Back
work-next = Next
work-choose = Please choose
work-by-her = She
work-by-us = Our center
work-by-colleague = Our center · { $who }

# What stays between them
work-limits-how = How did you tell her?
work-limits-do = Write down that she was told
work-limits-mailbox-means = “In writing, on this page” sends the words above to her and writes it down.
work-limits-said = Told { $at }: { $channel }
work-limits-due = Not told yet
work-limits-again = Told her again
work-channel-mailbox = In writing, on this page
work-channel-voice = By phone or video
work-channel-in-person = In person

# Danger
work-danger = How dangerous it is now
work-danger-due = Not asked yet
work-danger-means = The score only helps to look. It never closes a case or sends it anywhere.
work-danger-instrument = { $name } · version { $version }
work-danger-do = Ask about danger
work-danger-again = Ask again
work-danger-own-view = How dangerous does she feel it is? In her own words.
work-danger-result = Score { $score } · { $band }
work-danger-open = { $n } questions have no answer. The danger may be greater than the score.
work-danger-override = See it otherwise than the score
work-danger-override-reason = Why you see it so
work-danger-override-none = As the score says
work-danger-overridden = The caseworker sees it as “{ $band }”: { $reason }
work-danger-before = Before: { $at } · { $said }
work-danger-view-said = Her words: { $words }
work-answer-yes = Yes
work-answer-no = No
work-answer-unsure = Not sure
work-answer-not-told = Rather not say

# Intake
work-intake = Intake
work-intake-due = Not begun yet
work-intake-begun = Begun: { $n }/{ $of }
work-intake-means = One question at a time. What she wrote is filled in: only check it, do not ask again. Any question can be skipped.
work-intake-do = Begin the intake
work-intake-change = Change the intake
work-intake-nth = Question { $n } of { $of }
work-intake-from-report = She wrote this. Only check whether it is right.
work-intake-skip = Skip
work-intake-end = What the intake comes to
work-intake-save = Write down the intake
work-intake-look = Look again from the start
work-type = Type
work-type-why = Because “{ $question }” was the first yes.
work-type-why-none = Because all six were answered no.
work-contexts = Contexts
work-contexts-none = None holds.
work-contexts-means = Computed from the type and the answers. Nobody chooses it.
work-under-19 = Korea's rule for under 19 is reckoned apart: see “Duty to report”.

# Health
work-health = Hours that matter for her health
work-health-due = Once it is known when it happened, the hours left show here.
work-health-means = Decide with a hospital. There is always help, also after these hours.
work-health-left = { $hours } hours left
work-health-passed = These hours are over, and care and examination can still be had now. Ask a hospital.
work-health-unknown = Also without knowing when, a hospital can be asked today.
work-health-day-only = Only the day is known, so it is counted from its beginning. There may be more time.
work-health-do = Write down that she was told
work-health-said = Told { $at }
work-health-soonest = Soonest: { $what } · { $hours } hours

# Plan
work-plan = Plan
work-plan-due = No plan yet
work-plan-do = Write a plan together
work-plan-change = Change the plan
work-plan-means = In her own words. Once written down she sees it on her page and confirms it.
work-plan-goal = Wish { $n }
work-plan-words = In her words
work-plan-service = What help
work-plan-provider = By whom
work-plan-due-on = By when
work-plan-status = Now
work-plan-add = One more
work-plan-remove = Take out { $n }
work-plan-empty = Please write at least one wish.
work-plan-confirmed = She confirmed it { $at }
work-plan-unconfirmed = She has not confirmed it yet
work-plan-approved = A supervisor approved it { $at }
work-plan-unapproved = Waits for a supervisor
work-plan-approve = Approve this plan
work-plan-approve-not = Only a supervisor who did not write this plan can approve it.
work-plan-said = { $n } wishes · { $confirmed }
work-plan-mediation = Mediation is not offered for violence by a partner, so it is not in the list.
work-provider-none = Not settled yet
work-provider-other = Somebody not listed

# Appointments and a walk
work-meet = Appointments and walks
work-meet-said = { $n } to come
work-meet-past = { $n } are past
work-meet-add = Make an appointment
work-meet-at = When
work-meet-place = Where
work-meet-with = With whom
work-meet-status = What became of it
work-meet-set = Write down the appointment
work-meet-set-of = { $what }: what became of it
work-escort = Ask for a walk or a patrol
work-escort-means = Only a place, a time and a code word leave. Nobody learns that there is a case. Instead of a name, use a code word agreed with her.
work-escort-place = Where to meet
work-escort-at = When
work-escort-word = Code word
work-escort-word-means = The team calls her by it. Choose one that leads to no name and no case.
work-escort-do = Ask for a walk
work-escort-phone = A patrol is asked for by phone at the desk. Say only the place, the time and the code word.
work-escort-phoned = Write down that it was asked by phone
work-escort-line = { $place } · { $at } · code word “{ $word }”
work-escort-unrecorded = It was asked for, but not written down. Press “Write it down”; do not ask for it again.
work-escort-record = Write it down

# Looking again
work-follow = Follow-ups
work-follow-due = { $n } are due
work-follow-next = Next: { $at }
work-follow-none-yet = The days are set once there is a plan.
work-follow-means = Only in the way “How to reach her” says above. Ask about danger again, too.
work-follow-on = due { $at }
work-follow-over = { $n } days over
work-follow-which = Which one?
work-follow-reached = Was she reached?
work-follow-by = In what way?
work-follow-note = How she is

# Closing
work-closure = Closing
work-closure-open = Open
work-closure-asked = Asked for. Waits for a supervisor
work-closure-closed = Closed { $at }
work-closure-reopened = Reopened { $at }
work-closure-do = Close the case
work-closure-means = Choose why. It closes once a supervisor has approved. It can always be opened again.
work-closure-reason = Why it closes
work-closure-note = Anything to add
work-closure-ask = Ask to close it
work-closure-approve = Approve the closing
work-closure-approve-not = Only a supervisor who did not ask for it can approve it.
work-closure-reopen = Open it again
work-closure-reopen-why = Why it opens again
work-closure-reopen-ask = Write down that it is open again

# In order
work-line = Everything in order
work-line-said = { $n } lines
work-line-note = Leave a note
work-line-note-text = Note
work-line-note-means = She can read it, too.
work-line-doubted = Entry { $n }
work-line-strange = An entry this page does not know
work-line-her-words = She wrote a message
work-line-our-words = Our center wrote a message
work-line-received = She sent her report
work-entry-limits-told = She was told what stays between us
work-entry-intake = The intake was written down
work-entry-danger = Danger was asked about
work-entry-health-told = She was told of the hours for her health
work-entry-duty = A duty to report was looked at
work-entry-plan = A plan was written
work-entry-plan-confirmed = The plan was confirmed
work-entry-plan-approved = The plan was approved
work-entry-referral-offered = A referral was offered
work-entry-referral-agreed = The referral was agreed to
work-entry-referral-declined = The referral was not wanted
work-entry-referral-sent = The referral was sent
work-entry-referral-state = News of a referral
work-entry-appointment = Appointment
work-entry-escort-asked = A walk or a patrol was asked for
work-entry-follow-up = Follow-up
work-entry-closure = Closing was asked for
work-entry-closure-approved = Closing was approved
work-entry-reopened = Opened again
work-entry-evidence = Evidence
work-entry-figures-sent = Sent as a figure
work-entry-note = Note

# Written by two
work-conflict = Two people wrote the same thing
work-conflict-means = Neither had read the other. Both are kept. Please decide which one holds.
work-conflict-take = Take this one
work-conflict-nth = Entry { $n } · { $who } · { $at }

# The center's counts and the table
work-figures = Our center's counts
work-export = Incident table
work-export-means = The 42 columns of the GBVIMS, made in this browser. Only cases whose consent has figures are in it. The file is saved on this device; delete it once you are done.
work-export-do = Save the table ({ $n } rows)
work-export-none = No case has both a consent for figures and an intake yet.
work-export-done = { $n } rows were made.
work-figures-means = Of { $of } cases open on this page only the { $n } whose consent has figures are counted. These counts are sent nowhere.
work-kpi-limits = Told first what stays between us
work-kpi-danger = Asked about danger
work-kpi-intake = With an intake
work-kpi-confirmed = Plans she confirmed
work-kpi-approved = Plans a supervisor approved
work-kpi-goals = Wishes that came true
work-kpi-answered = Referrals that were answered
work-kpi-follow = Follow-ups that reached her
work-kpi-duty = Duties told her first
work-kpi-closed = Closed: { $why }
work-kpi-reopened = Opened again
work-kpi-overdue = Follow-ups over their day
work-kpi-undecided = With something to decide
work-workflow-new = New
work-workflow-case-plan = Planning
work-workflow-service-provision = Being helped
work-workflow-services-implemented = Plan completed
work-workflow-closed = Closed
work-workflow-reopened = Opened again

# Asking about danger, and what it comes to
work-danger-own = Waylight safety questions
work-danger-differs = The score written down does not fit the answers. Please ask again.
work-band-open = Not certain yet
work-band-none-told = No danger told
work-band-some = Some danger
work-band-high = Great danger
work-asks-strangulation = Has she been strangled or kept from breathing?
work-asks-weapon = Was a knife or another weapon used to hurt or frighten her?
work-asks-threat-to-kill = Was she told she would be killed?
work-asks-fear = Is she afraid to go back, or to meet this person now?
work-asks-children = Are children or other family in danger, too?
work-asks-escalating = Has it become more frequent or worse lately?
work-prompt-medical-now = After strangulation she needs to see a doctor today, even if nothing shows.
work-prompt-do-medical-now = Trouble breathing or swallowing, a changed voice, dizziness, or having passed out: call 119 now. Otherwise decide together how she gets to a hospital today.
work-prompt-supervisor-now = Tell a supervisor now.
work-prompt-do-supervisor-now = Decide together, not alone. The score decides nothing.
work-prompt-emergency-plan = Decide together what to do in an emergency.
work-prompt-do-emergency-plan = Where to go, whom to call, what to take, who takes the children.
work-prompt-children = Look at the children's safety together.
work-prompt-do-children = See “Duty to report”, too. If it has to be told, tell her first.

# Hours for her health
work-window-hiv-prophylaxis = HIV prophylaxis
work-window-emergency-contraception = Emergency contraception
work-window-forensic-kit = Forensic examination
work-health-between = { $least } to { $most } hours left
work-health-unconfirmed = These hours are from international guidance; this city's clinical lead has not confirmed them yet.

# Plan
work-plan-by = by { $at }
work-service-safehouse = Shelter
work-service-health-medical = Medical
work-service-psychosocial = Counseling
work-service-police-other = Police
work-service-legal-assistance = Legal
work-service-livelihoods = Livelihood
work-service-child-protection = Child protection
work-service-family-mediation = Family mediation
work-service-other = Other
work-goal-open = Not begun
work-goal-in-progress = Under way
work-goal-done = Done
work-goal-dropped = No longer wanted
work-met-planned = Planned
work-met-kept = We met
work-met-missed = We did not meet
work-met-canceled = Called off
work-escort-open = Ask for a walk or a patrol
work-escort-now = Left empty: now.
work-escort-asked = Asked for: { $place }. The team will call the code word.
work-escort-refused = No team can walk now. Try the desk by phone ({ $phone }).

# Follow-ups
work-follow-step-d3 = After 3 days
work-follow-step-w2 = After 2 weeks
work-follow-step-m1 = After a month
work-follow-step-m3 = After 3 months
work-follow-step-other = Another time
work-follow-do = Write it down
work-follow-do-of = { $step }: write it down
work-follow-do-other = Write down another one
work-follow-reached-once = She was reached
work-follow-today = Today
work-follow-coming = Not yet
work-follow-tries = { $n } tries
work-follow-did = She was reached
work-follow-missed = She was not reached
work-reached-yes = She was reached
work-reached-no = She was not reached

# Closing
work-closure-goals-met = What she wished for came true
work-closure-her-wish = She wishes to stop
work-closure-moved = She has moved
work-closure-lost-contact = She cannot be reached
work-closure-tries = It closes after { $of } tries on different days. So far { $n }. Write them down under “Follow-ups”.
work-closure-tries-needed = It closes after { $of } tries on different days, as written down under “Follow-ups”.
work-closure-take-back = Do not close it

# Order and decisions
work-line-words-doubted = A message cannot be trusted
work-line-not-counted = It does not count: { $why }
work-not-counted-hers-only = Only she can do this.
work-not-counted-centers-only = Only a center can do this.
work-not-counted-no-such-plan = There is no such plan.
work-not-counted-no-such-closure = Nobody has asked to close it.
work-not-counted-not-closed = Nobody has asked to close it.
work-not-counted-other-center = Somebody of another center.
work-not-counted-same-person = Its own author approved it.
work-not-counted-not-supervising = Not a supervisor.
work-not-counted-unknown-person = It is not known to be somebody of this center.
work-not-counted-unwitnessed = It does not say how she agreed.
work-not-counted-unsigned = Her signature is missing.
work-not-counted-offered-again = The same number was offered twice.
work-not-counted-out-of-order = It does not follow from what was before.
work-not-counted-referral-ended = The referral has ended.
work-not-counted-rival = It contradicts other news.
work-conflict-fewer = It has no answer here.
work-about-intake = intake
work-about-danger = danger
work-about-plan = plan
work-about-closure = closing
work-about-duty = duty to report
work-about-appointment = appointment
work-about-referral = referral
work-referral-accepted = Accepted
work-referral-rejected = Not accepted
work-referral-done = Done
work-referral-revoked = Taken back
work-referral-went-back = Came back without an answer
work-evidence-received = Received
work-evidence-opened = Opened
work-evidence-copied-out = Copied out
work-evidence-handed-over = Handed over
work-evidence-returned = Returned
work-evidence-deleted = Deleted
work-evidence-stripped-copy-made = A copy without places was made
