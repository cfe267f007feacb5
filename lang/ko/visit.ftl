# 인터넷이 없는 곳으로 방문할 때. 무엇이 이 기기에 있고 무엇이 아직 가지 않았는지 그대로 말해요.
visit-take = 인터넷 없는 곳에 가기 전에
visit-take-means = 고른 사건을 이 기기에 닫아서 가져가요. 내 열쇠(패스키나 낱말 일곱 개)로만 열려요. 그 열쇠를 쓸 수 있는지 나가기 전에 한 번 열어 보세요.
visit-which = 가져갈 사건
visit-until = 언제까지
visit-span-short = 네 시간 동안 ({ $until }까지)
visit-span-night = 아침까지 ({ $until }까지)
visit-span-day = 하루 동안 ({ $until }까지)
visit-take-honest = 방문을 끝내거나, 나가기를 누르거나, 시간이 지나면 지워요. 다만 지운 것도 닫힌 채로 저장 장치에 한동안 남을 수 있어요. 꼭 필요한 사건만 가져가고, 함께 쓰는 기기에서는 하지 마세요.
visit-take-do = { $n }건 가져갈 준비하기
visit-taking = 준비하는 중이에요. 화면을 닫지 마세요.
visit-taken = 준비됐어요. 인터넷이 끊겨도 이 주소가 열려요.
visit-take-failed = 준비하지 못했어요. 새로 남은 것은 없어요. 다시 해 주세요.
visit-cannot = 이 브라우저로는 가져갈 수 없어요. 비공개 창이 아닌 새로운 크롬, 사파리, 파이어폭스에서 열어 주세요.
visit-none = 가져갈 수 있는 사건이 없어요.

# 방문하는 동안
visit-title = 방문 준비가 되어 있어요
visit-here = 사건 { $n }건이 이 기기에 닫혀 있어요. { $until }까지예요.
visit-away = 인터넷 없이 일하고 있어요
visit-away-means = 그사이 새로 온 것은 보이지 않아요. 쓴 것은 바로 닫아서 이 기기에 두었다가 인터넷이 되면 보내요. 답글, 의뢰, 파일, 알릴 의무는 인터넷이 있을 때 해 주세요.
visit-waits = 보낼 것 { $n }개. { $since }부터 기다려요.
visit-waits-none = 보낼 것이 없어요.
visit-words = 기다리는 말 보기
visit-home-do = 인터넷 확인하고 보내기
visit-home-look = 인터넷 다시 확인하기
visit-home-looking = 확인하는 중이에요.
visit-home-not = 아직 인터넷이 안 돼요. 쓴 것은 이 기기에 그대로 있어요.
visit-go-on = 가져온 것으로 이어서 일하기
visit-no-answer = 답글은 인터넷이 있을 때 보낼 수 있어요.
work-waits = 닫아서 이 기기에 두었어요. 인터넷이 되면 보내요.

# 돌아와서
visit-send = 지금 보내기
visit-sending = 쓴 순서대로 보내는 중이에요.
visit-arrived = { $n }개를 보냈어요. 사건에 들어간 것을 확인했어요.
visit-words-title = 아직 보내지 못한 말이 있어요
visit-foreign = 이 기기에는 다른 사람이 가져온 것이 있어요. 그 사람의 열쇠로만 열리고, 여기서는 지울 수만 있어요.
visit-stuck-later = 아직 인터넷이 안 돼요. 되면 이어서 보내요.
visit-stuck-crowded = 다른 사람들이 계속 쓰고 있어요. 잠시 뒤에 다시 눌러 주세요.
visit-stuck-gone = 본인이 그사이에 이 사건을 지웠어요. 이 말은 보낼 곳이 없어요. 읽고 나서 지워 주세요.
visit-stuck-taken-back = 본인이 그사이에 동의를 거두었어요. 이 말은 남길 수 없어요. 읽고 나서 지워 주세요.
visit-stuck-ended = 본인이 정한 동의 기간이 끝났어요. 이 말은 남길 수 없어요. 읽고 나서 지워 주세요.
visit-stuck-not-for-us = 본인이 이 기관에 상담 기록을 맡기지 않았어요. 이 말은 남길 수 없어요.
visit-stuck-no-column = 본인의 자리를 알 수 없어서 본인에게 닿게 쓸 수 없어요. 팀장에게 알려 주세요.
visit-stuck-no-key = 기관의 열쇠가 그사이에 바뀌었고 이 기기는 아직 받지 못했어요. 동료에게 열쇠를 받으면 보내요.
visit-stuck-signed-out = 다시 들어와야 보낼 수 있어요. 쓴 것은 이 기기에 그대로 있어요.
visit-stuck-seat-ended = 이 기기는 이제 기관의 기기가 아니에요. 이 말은 보낼 수 없어요. 읽고 팀장에게 직접 전해 주세요.
visit-stuck-doubted = 사건을 확인할 수 없어서 보내지 않았어요. 팀장에게 알려 주세요. 쓴 것은 그대로 있어요.
visit-stuck-other = 받아 주지 않았어요 ({ $why }). 쓴 것은 그대로 있어요.
visit-let-go = 이 말 지우기
visit-let-go-of = 이 말 지우기: { $name }, { $what }
visit-let-go-means = 보내지 않고 지워요. 되돌릴 수 없어요.
visit-let-go-do = 네, 지울게요

# 열기와 끝내기
visit-door = 인터넷이 없어요
visit-door-means = 가져온 사건 { $n }건을 내 열쇠로 열 수 있어요. { $until }까지예요.
visit-door-waits = 보낼 것 { $n }개가 기다려요.
visit-rest = 이 기기에 방문이 남아 있어요
visit-rest-waits = 보내지 못한 말 { $n }개가 있어요. 들어와서 내 열쇠로 열면 보내요. 들어올 수 없으면 여기서 읽을 수 있어요. 이레 뒤에는 지워져요.
visit-rest-show = 내가 쓴 말만 보기
visit-key = 내 낱말 일곱 개
visit-nothing = 이 기기에는 가져온 사건이 없어요. 인터넷이 되면 다시 열어 주세요.
visit-ended-done = 방문을 끝내고 이 기기에서 지웠어요.
visit-ended-time = 방문 시간이 지나서 가져온 사건을 지웠어요.
visit-ended-signed-out = 나가기를 눌러서 가져온 사건을 지웠어요.
visit-ended-no-key = 기관의 열쇠가 바뀌어서 가져온 사건을 지웠어요.
visit-ended-seat-ended = 이 기기가 이제 기관의 기기가 아니어서 가져온 사건을 지웠어요.
visit-end = 방문 끝내고 지우기
visit-words-end = 보내지 못한 말 지우기
visit-end-means = 이 기기에서 지워요. 되돌릴 수 없어요.
visit-end-do = 네, 끝내고 지울게요
visit-end-keep = 사건만 지우고 보낼 말 { $n }개는 남기기
visit-end-words = 보낼 말 { $n }개까지 모두 지우기
visit-end-not = 그만두기
