# Who should go: why nobody can come as asked, and what would help.
assign-no-way = We know no way on foot between the two. Please choose another place, or ask the desk.
assign-windows-too-narrow = There is not enough time for the walk itself. Please choose a later arrival.
assign-no-team-on-duty = No team is on duty in this district now. Here is who serves now.
assign-no-team-in-time = No team can reach that place in time. Choose a later time, or a nearer station or stop.
assign-shifts-end = The teams' shift ends before they could walk you home. Please choose an earlier time.
assign-teams-taken = All teams that could come are promised to others. Choose one of the ways below, or ask again in a few minutes.
assign-later = A team can come if you can wait a little longer.
assign-next-district = A team from another district can come.
assign-company = A team can come if you share the walk with somebody who also asked for company.
