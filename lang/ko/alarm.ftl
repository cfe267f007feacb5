# Calls for help: why something was refused, and what to do next.
alarm-no-such-alarm = 찾을 수 없는 신고예요. 위험하면 112로 전화하세요.
alarm-already-closed = 이미 마친 신고예요. 다시 도움이 필요하면 새로 눌러 주세요.
alarm-not-seen-yet = 아직 아무도 확인하지 않은 신고예요. 먼저 확인을 눌러 주세요.
alarm-taken-back-under-duress = 강요받아 취소한 신고예요. 실수로 마칠 수 없으니 사람을 보내거나 경찰에 넘겨 주세요.
alarm-no-such-note = 찾을 수 없는 메모예요. 누가 먼저 치웠거나 기한이 지났어요.
alarm-too-many-notes = 메모가 너무 많아요. 끝난 것을 먼저 치워 주세요.
alarm-wrong-pin = 번호가 맞지 않아요. 다시 눌러 주세요. 신고는 그대로 있어요.
alarm-state-nothing = 신고 없음
alarm-state-raised = 아직 아무도 못 봤어요
alarm-state-seen = 사람이 봤어요
alarm-state-closed = 마쳤어요
