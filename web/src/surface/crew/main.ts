import { mount } from 'svelte';
import { loadLetters } from '../../kernel/start';
import { speakOf } from '../../kernel/words';
import Crew from './Crew.svelte';

speakOf(import.meta.glob<string>('../../../../lang/{ko,en}/{crew,volunteer,patrol}.ftl', { query: '?raw', import: 'default', eager: true }));
const app = document.getElementById('app');
if (app) mount(Crew, { target: app });
loadLetters();
