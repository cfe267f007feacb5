# Photos, films and files: what they give away, how they travel, and who has opened them. Short
# sentences; what is promised here has to be true of the bytes.

## Choosing
evidence-choose = 사진이나 파일 넣기
evidence-choose-how = 사진, 영상, 녹음, 대화 화면, 문서를 넣을 수 있어요. 하나에 500MB까지예요. 넣지 않아도 돼요.
evidence-tells = 사진에 함께 들어 있는 것
evidence-tells-1 = 사진에는 찍은 곳, 찍은 때, 휴대전화 이름이 함께 들어 있을 때가 많아요.
evidence-tells-2 = 그래서 그런 것을 뺀 사본을 이 기기에서 하나 더 만들어요. 기관에서는 사본을 먼저 열어요.
evidence-tells-3 = 원본도 그대로 보관해요. 나중에 증거로 쓰려면 바뀌지 않은 원본이 있어야 해요.
evidence-tells-4 = 사진에 찍힌 얼굴, 간판, 창밖 풍경은 빼지 못해요. 영상과 문서는 사본을 만들지 못하고 원본만 보관해요.
evidence-pick = 사진이나 파일 고르기
evidence-reading = { $name } 살펴보는 중이에요. { $share }%
evidence-halt = 그만두기
evidence-nameless = 이름 없는 파일
evidence-picked = 고른 파일 { $n }개
evidence-count = { $n }개
evidence-this-tells = 이 파일에는 { $what }도 들어 있어요.
evidence-tells-place = 찍은 곳(위치)
evidence-tells-time = 찍은 때
evidence-tells-device = 기기 이름
evidence-copy-made = 그런 것을 뺀 사본도 함께 보관해요.
evidence-copy-whole = 사진 말고 다른 것은 들어 있지 않아요.
evidence-copy-cannot = 이 종류는 사본을 만들지 못해요. 원본만 보관해요. 파일 안에 찍은 곳이나 이름이 남아 있을 수 있어요.
evidence-take-out = 빼기
evidence-take-out-name = { $name } 빼기
evidence-back-questions = 질문 모두 보기로
evidence-not-empty = { $name }: 비어 있는 파일이라 넣을 수 없어요. 다른 파일을 골라 주세요.
evidence-not-too-large = { $name }: 너무 커요. 하나에 500MB까지예요. 나누거나 줄여서 다시 골라 주세요.
evidence-not-unreadable = { $name }: 읽을 수 없어요. 기기에 내려받은 뒤 다시 골라 주세요.
evidence-not-too-many = { $name }: 한 번에 40개까지예요. 보낸 뒤에 더 넣을 수 있어요.

## Sending
evidence-follow = 파일은 이어서 가요
evidence-follow-means = 글은 이미 갔어요. 이 화면을 닫으면 파일은 멈춰요. 하루 안에 일곱 낱말로 열고 같은 파일을 고르면 멈춘 데부터 이어서 가요.
evidence-sending = 보낸 만큼
evidence-sending-name = { $name } 보내는 중이에요. { $n } / { $all }
evidence-sending-copy = { $name } 사본을 보내는 중이에요. { $n } / { $all }
evidence-after = 그다음에 { $n }개가 더 있어요.
evidence-stop = 멈추기
evidence-stopped = 멈췄어요.
evidence-cut = 연결이 끊겼어요. 보낸 것은 그대로 있어요.
evidence-there = { $n } / { $all }까지 갔어요.
evidence-go-on = 이어서 보내기
evidence-all-there = 파일이 모두 갔어요.

## Later
evidence-files = 사진과 파일
evidence-readers = 이 파일을 열 수 있는 곳: { $centers }. 원본을 열면 기록이 남아요.
evidence-readers-none = 이 파일은 나만 열 수 있어요.
evidence-none = 넣은 파일이 없어요.
evidence-more = 사진이나 파일 더 넣기
evidence-here = 모두 와 있어요.
evidence-partly = 아직 { $n }조각이 오지 않았어요.
evidence-not-here = 아직 오지 않았어요.
evidence-has-copy = 찍은 곳을 뺀 사본도 있어요.
evidence-pick-again = 같은 파일을 골라 이어서 보내기
evidence-comparing = 같은 파일인지 보고 있어요.
evidence-another = 처음 고른 파일과 달라요. 같은 파일을 골라 주세요.
evidence-look = 보기
evidence-opening = 여는 중이에요.
evidence-opening-part = 여는 중이에요. { $n } / { $all }
evidence-not-opened = 열지 못했어요. 잠시 뒤 다시 해 보세요.
evidence-picture = { $name } 사진
evidence-remove = 지우기
evidence-remove-name = { $name } 지우기
evidence-remove-means = 지우면 원본과 사본이 모두 사라지고 되돌릴 수 없어요. 이미 내려받은 사람이 있으면 그 파일까지 지우지는 못해요.
evidence-remove-yes = 네, 지울게요
evidence-removed = 지웠어요.
evidence-not-removed = 지우지 못했어요. 다시 한 번 눌러 주세요.
evidence-crossed = 그 사이 기관에서 파일을 더했어요. 다시 한 번 해 주세요.
evidence-unwritten = 저장하지 못했어요. 다시 한 번 해 주세요.
evidence-who-opened = 누가 언제 열었나요
evidence-custody-not = 기록을 지금 볼 수 없어요. 잠시 뒤 다시 해 보세요.
evidence-event-wrong = 확인되지 않은 기록이에요
evidence-log-wrong = 기록의 일부가 바뀌었거나 없어졌어요. 상담원에게 알려 주세요.

## What was done
evidence-action-1 = 들어옴
evidence-action-2 = 열어 봄
evidence-action-3 = 내려받음
evidence-action-4 = 넘겨줌
evidence-action-5 = 돌려받음
evidence-action-6 = 지움
evidence-action-7 = 사본 만듦

## At a center
evidence-title = 사진과 파일
evidence-not-for-us = 이 파일은 우리 기관이 열 수 없어요. 동의한 사람만 열어요.
evidence-none-case = 넣은 파일이 없어요.
evidence-held = 이 화면의 기억에만 열려요. 잠그거나 나가면 닫혀요.
evidence-open-copy = 사본 열기
evidence-open-original = 원본 열기
evidence-open-means = 열면 기관, 기기, 시각이 기록에 남고 본인도 볼 수 있어요.
evidence-same = 처음 그대로예요. 지문(sha256)이 맞아요.
evidence-cannot-show = 이 종류는 이 화면에서 보여 주지 않아요. 필요하면 이유를 적고 내려받아 주세요.
evidence-close = 닫기
evidence-copy-out = 내려받기
evidence-copy-out-why = 내려받는 이유
evidence-copy-out-means = 내려받은 파일은 이 화면 밖에 남아요. 이유는 본인도 볼 수 있어요.
evidence-copy-out-do = 이유를 남기고 내려받기
evidence-copy-out-copy = 이유를 남기고 사본 내려받기
evidence-copy-out-original = 이유를 남기고 원본 내려받기
evidence-copied-out = 내려받았어요. 기록에 남겼어요.
evidence-custody = 보관 기록
evidence-custody-signed = { $at }까지 서명된 기록이에요.
evidence-custody-unsigned = 아직 서명되지 않았어요. 한 시간 안에 서명돼요.
evidence-custody-save = 보관 기록 파일 받기
evidence-custody-none = 아직 기록이 없어요.
evidence-wrong-head-not-signed = 기록에 도시의 서명이 없어요.
evidence-wrong-entry-missing = { $place }번째 기록이 없어졌어요.
evidence-wrong-entry-changed = { $place }번째 기록이 바뀌었어요.
evidence-wrong-log-changed = { $place }번째보다 앞의 기록이 바뀌었어요.
evidence-wrong-event-missing = { $place }번째 기록 앞에 이 파일의 기록이 하나 없어요.
evidence-by-her = 본인
evidence-by-us = 우리 기관
evidence-by-other = 다른 기관
