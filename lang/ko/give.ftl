# 낱말로 다시 열어 본 사람이, 읽는 기관에 더 보여 주거나 줄이는 곳
give-change = 더 보여 주거나 줄이기
give-new = 다른 기관에도 보여 주기
give-whom = 어느 기관에 보여 줄까요?
give-what = { $center }에 무엇을 보여 줄까요?
give-how = 체크한 것만 볼 수 있어요. 체크를 지우면 그때부터 못 봐요. 이미 읽은 것은 지울 수 없어요.
give-nothing = 아무것도 보여 주고 싶지 않으면, 그대로 두고 ‘동의 거두기’를 눌러 주세요.
give-same = 지금과 같아요.
give-look = 보여 줄 것 미리 보기
give-preview = { $center }에서 이것을 보게 돼요
give-adds = 새로 볼 수 있는 것: { $kinds }
give-drops = 이제 볼 수 없는 것: { $kinds }
give-empty = 지금은 비어 있는 것: { $kinds }. 나중에 여기에 쓰면 이곳에서도 볼 수 있어요.
give-yes = 동의하고 이대로 바꾸기
give-given = { $center }에서 볼 수 있는 것을 바꾸었어요.
give-crossed = 그사이 새로운 것이 왔어요. 다시 보고 눌러 주세요.
give-failed = 아직 바꾸지 못했어요. 연결을 확인하고 다시 눌러 주세요. 두 번 바뀌지 않아요.
