import { writeFileSync } from 'node:fs';
import { clients } from '../harness/clients/index.ts';
import { CLIENTS_FILE, clientsFile } from '../harness/clients/probe/clients-file.ts';

writeFileSync(CLIENTS_FILE, clientsFile(clients));
