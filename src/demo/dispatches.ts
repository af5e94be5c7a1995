// The texts of the two dispatches. “𝕍” is the sign of the service that wrote them, as agencies put theirs in front.

export const frenchText = `(𝕍) – Ce texte de démonstration a été écrit par le projet Verbatim, d'après un article de presse de décembre 2021.

Sur Twitter, Qasim al-Araji, conseiller de l'Irak pour la sécurité nationale, a fait part de « la fin des missions de combat des forces de la coalition et leur retrait d'Irak », au sortir d'une réunion de chefs militaires irakiens et de dirigeants de la Coalition.

« La relation avec la coalition internationale », a-t-il écrit, « se poursuivra dans le domaine de la formation, du conseil et de l'autonomisation ».

Kenneth F. McKenzie, à la tête du Commandement central américain, l'a confirmé à l'Associated Press : il a déclaré que les États-Unis garderaient 2 500 soldats en Irak.

« Ils veulent toujours la présence, ils veulent toujours l'engagement », a-t-il dit aussi des Irakiens. « Donc, tant qu'ils le souhaitent et que nous pouvons nous mettre d'accord, nous serons là ».

La fin de l'effort de combat américain, fixée au 31 décembre, avait été décidée en juillet 2021 à la Maison Blanche par Joe Biden et Mustafa al-Kadhimi.

« Ce changement prépare les forces irakiennes au succès, car il est intervenu plus tôt que prévu », a déclaré Abdul Amir al-Shammari, commandant adjoint des opérations conjointes de l'Irak.

En janvier 2020, les forces américaines avaient tué à Bagdad Qasem Soleimani, commandant de la Force Quds ; l'Iran y avait répondu, après quelques jours, par des missiles sur la base aérienne d'Al-Asad.

Dans l'attaque contre Mustafa al-Kadhimi, McKenzie voit « un signe du désespoir dans lequel (les groupes mandataires soutenus par l'Iran) vivent désormais ».
`;

export const englishText = `(𝕍) – In December 2021, after Iraqi military officials met leaders of the Coalition against Daesh, the end of its combat missions in Iraq was made known.

On Twitter, Iraq's national security adviser, Qasim al-Araji, spoke of “the end of the combat missions of the coalition forces and their withdrawal from Iraq”.

“The relationship with the international coalition”, he wrote, “will continue in the field of training, advice and empowerment”.

This was confirmed to the Associated Press by Kenneth F. McKenzie, the head of United States Central Command, who said that the United States would keep 2,500 soldiers in Iraq.

“They still want the presence, they still want the commitment”, he also said of the Iraqis. “So, as long as they wish it and we can agree, we will be there”.

“This change prepares the Iraqi forces for success, because it came sooner than planned”, said Abdul Amir al-Shammari, deputy commander of Iraq's joint operations.

The killing of Qasem Soleimani by American forces in Baghdad, in January 2020, was answered by Iran a few days later with missiles on Al-Asad air base.

In the attack on Mustafa al-Kadhimi, McKenzie sees “a sign of the despair in which (the proxy groups backed by Iran) now live”.

This demonstration text was written by the Verbatim project. It relays the project's French dispatch of the same day.
`;
