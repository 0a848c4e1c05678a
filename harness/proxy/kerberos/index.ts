export { KerberosRealm, type RealmOptions } from './realm.ts';
