// The typeface, in slices the browser picks by the letters on screen. Loaded after the page is
// usable: the phone's own Korean letters serve until then.
import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css';
