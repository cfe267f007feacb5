# Who could come: why nobody can, and what she could agree to.
assign-no-way = No way leads from there to where you are going. Choose another place.
assign-windows-too-narrow = The walk takes longer than the time you gave. Allow more time.
assign-no-team-on-duty = No team is on duty now.
assign-no-team-in-time = No team can be there by then. Choose a slightly later time.
assign-shifts-end = The teams that could come finish before that. Choose an earlier time.
assign-teams-taken = Every team that could come is walking with somebody else. Choose a slightly later time.
assign-later = We can come if we meet later.
assign-next-district = A team from the next district can come.
assign-company = We can come if you walk together with somebody else who also agreed to it.
