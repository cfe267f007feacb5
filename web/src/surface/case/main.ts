import { mount } from 'svelte';
import { loadLetters } from '../../kernel/start';
import { speakOf } from '../../kernel/words';
import Case from './Case.svelte';

speakOf(import.meta.glob<string>('../../../../lang/{ko,en}/{casework,duty,evidence,intake,onestop,recovery,referral,service,visit,work}.ftl', { query: '?raw', import: 'default', eager: true }));
const app = document.getElementById('app');
if (app) mount(Case, { target: app });
loadLetters();
