export { BLOBS, heldDirectory, heldImage } from './hold.ts';
export { type HeldImage, holdImage, tagsIn } from './layout.ts';
