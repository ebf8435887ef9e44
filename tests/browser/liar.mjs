// An OpenID provider that can lie. `POST /mood` with JSON says how from now on; without, it is honest. Prints its address.
import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';

const pairs = { rsa: () => generateKeyPairSync('rsa', { modulusLength: 2048 }), ec: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
const key = (kind, id) => ({ ...pairs[kind](), kind, id });
let keys = [key('rsa', 'rsa-1'), key('ec', 'ec-1')];
const foreign = key('rsa', 'rsa-1');
let mood = {};
const codes = new Map();

const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwk = ({ publicKey, kind, id }) => ({ ...publicKey.export({ format: 'jwk' }), kid: id, use: 'sig', alg: kind === 'rsa' ? 'RS256' : 'ES256' });

function signed(claims) {
  const known = keys.find(each => each.kind === (mood.key ?? 'rsa'));
  const by = mood.foreign ? { ...foreign, id: known.id } : known;
  const alg = mood.alg ?? (by.kind === 'rsa' ? 'RS256' : 'ES256');
  const message = `${part({ alg, kid: mood.kid ?? by.id, typ: 'JWT' })}.${part(claims)}`;
  if (alg === 'none') return `${message}.`;
  if (alg === 'HS256') {
    const secret = by.publicKey.export({ type: 'spki', format: 'pem' });
    return `${message}.${createHmac('sha256', secret).update(message).digest('base64url')}`;
  }
  const signature = sign('sha256', Buffer.from(message), { key: by.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return mood.tampered ? `${message.slice(0, -4)}AAAA.${signature}` : `${message}.${signature}`;
}

function token(begun) {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer, aud: begun.client_id, sub: mood.sub ?? 'subject-1', nonce: begun.nonce, iat: now, exp: now + 300, acr: 'substantial',
  };
  for (const [name, value] of Object.entries(mood.claims ?? {})) {
    if (value === null) delete claims[name];
    else claims[name] = ['exp', 'nbf', 'iat'].includes(name) ? now + value : value;
  }
  return signed(claims);
}

const json = (response, status, value) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
const body = async request => { let text = ''; for await (const piece of request) text += piece; return text; };

const server = createServer(async (request, response) => {
  const url = new URL(request.url, issuer);
  if (url.pathname === '/mood') {
    mood = JSON.parse(await body(request));
    if (mood.rotate) keys = [key('rsa', randomUUID()), key('ec', randomUUID())];
    return json(response, 200, {});
  }
  if (url.pathname === '/.well-known/openid-configuration') {
    return json(response, 200, {
      issuer: mood.issuer ?? issuer, authorization_endpoint: mood.authorize ?? `${issuer}/authorize`, token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`, authorization_response_iss_parameter_supported: true,
    });
  }
  if (url.pathname === '/keys') return json(response, 200, { keys: keys.map(jwk) });
  if (url.pathname === '/authorize') {
    const begun = Object.fromEntries(url.searchParams);
    const back = new URL(begun.redirect_uri);
    const code = randomUUID();
    codes.set(code, begun);
    const given = mood.error ? { error: 'access_denied' } : { code };
    for (const [name, value] of Object.entries({ ...given, state: mood.state ?? begun.state, iss: mood.iss ?? issuer })) {
      if (value) back.searchParams.set(name, value);
    }
    return response.writeHead(303, { location: back.href }).end();
  }
  if (url.pathname === '/token') {
    const asked = Object.fromEntries(new URLSearchParams(await body(request)));
    const begun = codes.get(asked.code);
    codes.delete(asked.code);
    if (!begun || mood.token_status) return json(response, mood.token_status ?? 400, { error: 'invalid_grant' });
    return json(response, 200, mood.no_token ? { access_token: 'a' } : { access_token: 'a', token_type: 'Bearer', id_token: token(begun) });
  }
  return json(response, 404, {});
});
await new Promise(listening => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;
process.stdout.write(`${issuer}\n`);
