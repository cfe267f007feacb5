// Scripts of the pages of which nothing may stay on a device stand in a folder of their own: the
// server forbids keeping what is in it, and the service worker never touches it.

/** What only those pages are made of: the one-stop's own parts, and the seal with its libraries. */
const OWN = /\/src\/(casework|evidence|matching|onestop|seal|surface\/(report|case))\/|\/(report|case)\.html|\/node_modules\/(@hpke|@noble|@scure|hash-wasm|shamir-secret-sharing)\/|\/lang\/\w+\/(casework|duty|evidence|give|intake|matching|offer|onestop|plan|recovery|referral|report|service|told|visit|work)\.ftl/;

interface Chunk {
  moduleIds: string[];
  facadeModuleId?: string | null;
}

/**
 * The name of a script: in the folder as soon as one part of it is theirs. There it is a number alone:
 * a browser lists the addresses of scripts it has run, whatever it was told to forget, and a name
 * would say what was read.
 */
export function folderOf(chunk: Chunk): string {
  const own = [chunk.facadeModuleId ?? '', ...chunk.moduleIds].some((id) => OWN.test(id));
  return own ? 'unkept/[hash].js' : 'assets/[name]-[hash].js';
}

/** The name of a style or another file. */
export function folderOfStyle(file: { names: string[]; originalFileNames: string[] }): string {
  const own = file.originalFileNames.some((name) => OWN.test(`/${name}`)) || file.names.some((name) => /^(report|case)\b.*\.css$/.test(name));
  return own ? 'unkept/[hash][extname]' : 'assets/[name]-[hash][extname]';
}
