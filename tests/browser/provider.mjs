// A certified OpenID provider (npm oidc-provider) with one client. Whoever types a login is that subject. Prints its address.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const facts = JSON.parse(readFileSync('/dev/stdin', 'utf8'));
const { default: Provider } = await import(pathToFileURL(join(process.env.MODULES, 'oidc-provider/lib/index.js')));

// The port is needed for the issuer's name, so it is taken first.
let answer = (_, response) => response.writeHead(503).end();
const server = createServer((request, response) => answer(request, response));
await new Promise(listening => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'livsbog', client_secret: facts.secret, redirect_uris: [facts.redirect_uri],
    post_logout_redirect_uris: [facts.front], grant_types: ['authorization_code'], response_types: ['code'],
  }],
  pkce: { required: () => true },
  cookies: { keys: ['only for tests'] },
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
});
answer = provider.callback();
process.stdout.write(`${issuer}\n`);
// Nobody listens any more once the address is known; the provider's own remarks go nowhere.
process.stdout.on('error', () => {});
