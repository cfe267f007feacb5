import { mount } from 'svelte';
import { keepNothing } from '../../kernel/keep';
import Tools from '../../kernel/Tools.svelte';
import { speakOf } from '../../kernel/words';
import Report from './Report.svelte';
import './report.css';

// Before anything is written anywhere: language and theme are this page's only while it is open. No
// service worker is started, and no typeface fetched whose slices would say what was read here.
keepNothing();
speakOf(import.meta.glob<string>('../../../../lang/{ko,en}/{evidence,give,offer,onestop,plan,report,service,told}.ftl', { query: '?raw', import: 'default', eager: true }));

const tools = document.getElementById('tools');
if (tools) mount(Tools, { target: tools });
const app = document.getElementById('app');
if (app) {
  app.replaceChildren();
  mount(Report, { target: app });
}
