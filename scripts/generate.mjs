import { generateClient, generateDocuments } from './steps.mjs';

await generateClient();
await generateDocuments();
