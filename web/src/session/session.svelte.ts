// Who is signed in on this device.

import { get, newKey, post, Problem, remove, Unreached } from '../kernel/send';
import type { Enrolling, PasskeyStarted, Role, Session } from '../wire';

class Sitting {
  who = $state<Session | null>(null);
  /** Whether the server has been asked yet. */
  known = $state(false);
  /** Whether no server answered when it was asked last. */
  unreached = $state(false);
  /** Whether she signed out herself, in this window. */
  left = $state(false);

  async look(): Promise<void> {
    try {
      this.who = await get<Session>('/api/session');
      this.unreached = false;
    } catch (reason) {
      this.who = null;
      // A proxy that finds no server behind it answers for it.
      this.unreached = reason instanceof Unreached || (reason instanceof Problem && reason.status >= 500);
    }
    this.known = true;
  }

  has(role: Role | readonly Role[]): boolean {
    const mine = this.who?.role;
    return mine != null && (typeof role === 'string' ? mine === role : role.includes(mine));
  }

  /** Another role of the same seat: a new session, for that role. */
  async turn(role: Role): Promise<void> {
    this.take(await post<Session>('/api/session/role', { role }));
  }

  take(session: Session): void {
    this.who = session;
    this.known = true;
    this.unreached = this.left = false;
  }

  async leave(): Promise<void> {
    await remove('/api/session').catch(() => undefined);
    this.who = { role: null, roles: [] };
    this.left = true;
  }

  async sitDown(part: string): Promise<void> {
    await post('/api/demo/sign-in', { part });
    this.left = false;
    await this.look();
  }

  async passkey(): Promise<void> {
    const started = await post<PasskeyStarted>('/api/session/passkey/start');
    const options = PublicKeyCredential.parseRequestOptionsFromJSON(inner(started.passkey) as PublicKeyCredentialRequestOptionsJSON);
    const credential = (await navigator.credentials.get({ publicKey: options })) as PublicKeyCredential | null;
    if (!credential) throw new Error('no credential');
    this.take(await post<Session>('/api/session/passkey/finish', { ceremony: started.ceremony, credential: credential.toJSON() }));
  }

  /** Shows the passkey once more, before what is sensitive. A seat taken in the demo has none. */
  async confirm(demo: boolean): Promise<void> {
    let started: PasskeyStarted;
    try {
      started = await post<PasskeyStarted>('/api/session/confirm/start');
    } catch (problem) {
      if (!demo) throw problem;
      return post<void>('/api/demo/confirm');
    }
    const options = PublicKeyCredential.parseRequestOptionsFromJSON(inner(started.passkey) as PublicKeyCredentialRequestOptionsJSON);
    const credential = (await navigator.credentials.get({ publicKey: options })) as PublicKeyCredential | null;
    if (!credential) throw new Error('no credential');
    await post<void>('/api/session/confirm/finish', { ceremony: started.ceremony, credential: credential.toJSON() });
  }

  /**
   * Does what may need the passkey: shows it when the server asks, then sends the same again under
   * the same key, so that nothing can happen twice.
   */
  async sensitive<T>(demo: boolean, act: (key: string) => Promise<T>): Promise<T> {
    const key = newKey();
    try {
      return await act(key);
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.code !== 'session.confirm') throw problem;
      await this.confirm(demo);
      return act(key);
    }
  }

  async enroll(code: string): Promise<void> {
    const answer = await post<Enrolling>('/api/session/enroll', { code: code.trim() });
    if (answer.session) return this.take(answer.session);
    const options = PublicKeyCredential.parseCreationOptionsFromJSON(inner(answer.passkey) as PublicKeyCredentialCreationOptionsJSON);
    const credential = (await navigator.credentials.create({ publicKey: options })) as PublicKeyCredential | null;
    if (!credential) throw new Error('no credential');
    this.take(await post<Session>('/api/session/enroll/finish', { ceremony: answer.ceremony, credential: credential.toJSON() }));
  }
}

/** Some servers wrap the options in `{ publicKey }`, as `navigator.credentials` takes them. */
function inner(options: unknown): unknown {
  return (options as { publicKey?: unknown }).publicKey ?? options;
}

export function canPasskey(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function';
}

export const sitting = new Sitting();
