// openapi.mjs - the document of the interface before a validator that is not ours.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { base, check, end } from './lib.mjs';

const home = createRequire(process.env.NODE_HOME + '/').resolve('@seriousme/openapi-schema-validator/package.json');
const { Validator } = await import(new URL('./index.js', pathToFileURL(home)));
const document = await fetch(`${base}/openapi.json`).then((r) => r.json());
const result = await new Validator().validate(document);
check(result.valid && document.openapi === '3.1.0', 'openapi.json is OpenAPI 3.1', JSON.stringify(result.errors));
end();
