# Who should go: why nobody can come as asked, and what would help.
assign-no-way = 두 곳을 잇는 걷는 길을 알지 못해요. 다른 곳을 고르거나 상황실에 물어봐 주세요.
assign-windows-too-narrow = 걸어가기에 시간이 모자라요. 도착 시각을 더 늦게 골라 주세요.
assign-no-team-on-duty = 지금 이 구에서 활동 중인 조가 없어요. 지금 도움받을 수 있는 곳을 보여 드릴게요.
assign-no-team-in-time = 그곳까지 제때 갈 수 있는 조가 없어요. 더 늦은 시각이나 가까운 역, 정류장을 골라 주세요.
assign-shifts-end = 댁까지 모셔다드리기 전에 조의 활동 시간이 끝나요. 더 이른 시각을 골라 주세요.
assign-teams-taken = 갈 수 있는 조가 모두 다른 동행을 약속했어요. 아래 방법을 고르거나 몇 분 뒤에 다시 신청해 주세요.
assign-later = 조금 더 기다릴 수 있으면 갈 수 있는 조가 있어요.
assign-next-district = 다른 구의 조가 갈 수 있어요.
assign-company = 함께 걷기를 원한 다른 분과 같이 가면 갈 수 있는 조가 있어요.
