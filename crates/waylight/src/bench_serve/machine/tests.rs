use super::*;

#[test]
fn a_busy_core_takes_processor_time() {
    let own = Processor::of_ourselves().unwrap();
    let busy = BusyCore::start().unwrap();
    while own.until_now().unwrap() < 0.03 {
        std::thread::yield_now();
    }
    assert!(busy.stop().unwrap() >= 0.0);
    assert!(rss_peak_mb(std::process::id()).unwrap() > 1.0);
}
