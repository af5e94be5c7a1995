import { descriptionOf } from '../graph/model.ts';
import { defineLinkMutations, defineNounMutations } from '../mutation/edit.ts';
import { column, type InputFields, reference } from '../mutation/input.ts';
import { actorInput, localizedInput } from '../mutation/input-types.ts';
import { identifiersInput, namesInput } from '../names/edit.ts';
import { createOrganization, type OrganizationInput, updateOrganization } from './write.ts';
import { createMembership, type MembershipInput, updateMembership } from './write-membership.ts';

const fields: InputFields = {
  name: column('Organization', 'name'),
  classification: column('Organization', 'classification'),
  parent: reference('Organization', descriptionOf('Organization', 'parent'), 'parentId'),
  foundingDate: column('Organization', 'foundingDate', 'EDTF'),
  dissolutionDate: column('Organization', 'dissolutionDate', 'EDTF'),
  summary: localizedInput('Who this is, in a sentence or two.'),
};

/** What makes a new organization, also within another input. */
export const newOrganizationFields: InputFields = {
  ...fields,
  name: column('Organization', 'name', 'String', { required: true }),
  names: namesInput,
  identifiers: identifiersInput,
};

defineNounMutations<OrganizationInput>({
  model: 'Organization',
  one: 'an organization',
  fields,
  required: ['name'],
  first: { names: namesInput, identifiers: identifiersInput },
  create: createOrganization,
  update: updateOrganization,
});

/** A place in an organization, without who holds it. */
export const placeHeldFields: InputFields = {
  organization: reference('Organization', descriptionOf('Membership', 'organization'), 'organizationId'),
  role: column('Membership', 'role'),
  label: column('Membership', 'label'),
  onBehalfOf: reference('Organization', descriptionOf('Membership', 'onBehalfOf'), 'onBehalfOfId'),
  startDate: column('Membership', 'startDate', 'EDTF'),
  endDate: column('Membership', 'endDate', 'EDTF'),
};

defineLinkMutations<MembershipInput>(
  {
    model: 'Membership',
    one: 'a place held in an organization',
    fields: { member: actorInput('The person or organization that holds the place.'), ...placeHeldFields },
    required: ['member', 'organization'],
    create: createMembership,
    update: updateMembership,
  },
  { personId: 'Person', memberOrganizationId: 'Organization' },
);
