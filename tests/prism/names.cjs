// Prism's command line prints the address of each operation when it starts, and to do so writes the
// names of query parameters back percent-encoded (`spec.name = encodeURI(spec.name)` in its
// dist/util/paths.js). From then on Prism knows no `page[size]` any more, but a `page%5Bsize%5D`: it
// misses what is required and does not look at what comes. Here it prints from a copy.
'use strict';

const paths = require('@stoplight/prism-cli/dist/util/paths');
const { createExamplePath } = paths;

paths.createExamplePath = (operation, ...rest) => {
  const query = operation.request?.query?.map(parameter => ({ ...parameter }));
  return createExamplePath({ ...operation, request: { ...operation.request, query } }, ...rest);
};
