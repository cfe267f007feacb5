import { mount } from 'svelte';
import { loadLetters } from '../../kernel/start';
import { speakOf } from '../../kernel/words';
import Team from './Team.svelte';

speakOf(import.meta.glob<string>('../../../../lang/{ko,en}/{team,escort,alarm,volunteer}.ftl', { query: '?raw', import: 'default', eager: true }));
const app = document.getElementById('app');
if (app) mount(Team, { target: app });
loadLetters();
