# Who could come: why nobody can, and what she could agree to.
assign-no-way = 두 곳을 잇는 길을 찾지 못했어요. 만날 곳이나 갈 곳을 바꿔 주세요.
assign-windows-too-narrow = 정한 시간 안에는 집까지 걸을 수 없어요. 시간을 늘려 주세요.
assign-no-team-on-duty = 지금 근무하는 조가 없어요.
assign-no-team-in-time = 그 시간에 닿을 수 있는 조가 없어요. 조금 늦은 시간을 골라 주세요.
assign-shifts-end = 올 수 있는 조는 그 전에 근무가 끝나요. 더 이른 시간을 골라 주세요.
assign-teams-taken = 올 수 있는 조가 모두 다른 분과 걷고 있어요. 조금 늦은 시간을 골라 주세요.
assign-later = 더 늦게 만나면 갈 수 있어요.
assign-next-district = 옆 구의 조가 갈 수 있어요.
assign-company = 함께 걷기에 동의한 다른 분과 같이 걸으면 갈 수 있어요.
