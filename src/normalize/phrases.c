/* SPDX-License-Identifier: MIT */
/*
 * Words of six languages and what they mean. In small letters without accents, blanks between
 * phrases, _ between the words and marks of one; a phrase may stand in several classes, once in
 * each.
 */
#include "normalize/lexicon.h"

#define TA_CURRENCY(a, b, c) (((a) - 'A') * 676 + ((b) - 'A') * 26 + (c) - 'A')

/* clang-format off */
const ta_phrase_row ta_phrase_rows[] = {
    {TA_WORDS_MONTH, 1,
     "janvier january januar janner jaenner gennaio enero januari janv jan genn gen ene"},
    {TA_WORDS_MONTH, 2,
     "fevrier february februar febbraio febrero februari fevr fev feb febr febbr"},
    {TA_WORDS_MONTH, 3, "mars march marz maerz marzo maart mar mrz mrt"},
    {TA_WORDS_MONTH, 4, "avril april aprile abril avr apr abr"},
    {TA_WORDS_MONTH, 5, "mai may maggio mayo mei magg mag"},
    {TA_WORDS_MONTH, 6, "juin june juni giugno junio jun giu"},
    {TA_WORDS_MONTH, 7, "juillet july juli luglio julio juil jul lug"},
    {TA_WORDS_MONTH, 8, "aout august agosto augustus aug ago"},
    {TA_WORDS_MONTH, 9, "septembre september settembre septiembre setiembre sept sep set sett"},
    {TA_WORDS_MONTH, 10, "octobre october oktober ottobre octubre oct okt ott"},
    {TA_WORDS_MONTH, 11, "novembre november noviembre nov"},
    {TA_WORDS_MONTH, 12, "decembre december dezember dicembre diciembre dec dez dic"},

    {TA_WORDS_WEEKDAY, 0, "dimanche sunday sonntag domenica domingo zondag"},
    {TA_WORDS_WEEKDAY, 1, "lundi monday montag lunedi lunes maandag"},
    {TA_WORDS_WEEKDAY, 2, "mardi tuesday dienstag martedi martes dinsdag"},
    {TA_WORDS_WEEKDAY, 3, "mercredi wednesday mittwoch mercoledi miercoles woensdag"},
    {TA_WORDS_WEEKDAY, 4, "jeudi thursday donnerstag giovedi jueves donderdag"},
    {TA_WORDS_WEEKDAY, 5, "vendredi friday freitag venerdi viernes vrijdag"},
    {TA_WORDS_WEEKDAY, 6, "samedi saturday samstag sonnabend sabato sabado zaterdag"},

    {TA_WORDS_BEFORE_DATE, 0, "le les the am den dem il l_' el op de_el on der en im in nel het"},

    {TA_WORDS_OF, 0, "de of di del d_' des der van"},

    {TA_WORDS_VAGUE, 0,
     "fin fin_de debut mi courant milieu fin_d_' debut_d_' courant_d_' vers env environ "
     "ete printemps automne hiver"},
    {TA_WORDS_VAGUE, 0,
     "end_of late early mid beginning_of middle_of around about circa ca spring summer "
     "autumn fall winter"},
    {TA_WORDS_VAGUE, 0, "ende anfang mitte gegen um fruhjahr fruhling sommer herbst etwa"},
    {TA_WORDS_VAGUE, 0,
     "fine fine_di inizio meta verso primavera estate autunno inverno fine_del inizio_del "
     "meta_del"},
    {TA_WORDS_VAGUE, 0,
     "finales_de principios_de mediados_de a_finales_de a_principios_de a_mediados_de "
     "hacia verano otono invierno"},
    {TA_WORDS_VAGUE, 0, "eind begin medio voorjaar zomer najaar herfst lente rond"},

    {TA_WORDS_SINCE, 0,
     "depuis depuis_le a_partir_de a_compter_du since seit seit_dem ab dal dall_' da desde "
     "desde_el sinds vanaf from"},
    {TA_WORDS_SINCE, 0,
     "en_cours_depuis ongoing_since laufend_seit in_corso_dal en_curso_desde lopend_sinds "
     "as_of starting"},

    {TA_WORDS_UNTIL, 0,
     "jusqu_'_en jusqu_'_au jusqu_'_a until till bis bis_zum fino_al fino_a hasta hasta_el "
     "tot tot_en_met up_to"},

    {TA_WORDS_FROM, 0,
     "de du entre d_' from between von vom zwischen da dal dall_' tra fra del desde "
     "desde_el tussen van von_dem des"},

    {TA_WORDS_TO, 0,
     "a au to bis bis_zum al all_' tot tot_en_met t_/_m ou or oder o jusqu_'_a jusqu_'_au "
     "jusqu_'_en fino_al"},
    {TA_WORDS_TO, 0, "hasta hasta_el until till through a_l_'"},

    {TA_WORDS_BOTH, 0, "et and und e y en ed"},

    {TA_WORDS_OUT_OF, 0,
     "des sur sur_les of out_of of_the out_of_the von von_den der von_insgesamt aus su sui "
     "dei delle degli de_los de_las sobre"},
    {TA_WORDS_OUT_OF, 0, "van van_de op /"},

    {TA_WORDS_QUALIFIER, 1,
     "environ a_peu_pres autour_de aux_alentours_de de_l_'_ordre_de quelque quelques ~ env "
     "env_."},
    {TA_WORDS_QUALIFIER, 1,
     "about around approximately approx approx_. roughly some circa ca ca_. c_."},
    {TA_WORDS_QUALIFIER, 1,
     "etwa rund ungefahr zirka intorno_a intorno_ai circa_i all_'_incirca aproximadamente "
     "alrededor_de unos unas"},
    {TA_WORDS_QUALIFIER, 1, "ongeveer rond zo_'_n om_en_nabij"},
    {TA_WORDS_QUALIFIER, 2,
     "pres_de pres_d_' presque quasi quasiment nearly almost close_to fast knapp beinahe "
     "nahezu poco_meno_di casi"},
    {TA_WORDS_QUALIFIER, 2, "bijna nagenoeg cerca_de vicino_a"},
    {TA_WORDS_QUALIFIER, 3,
     "plus_de plus_d_' more_than over mehr_als uber ueber piu_di oltre mas_de meer_dan > "
     "superieur_a"},
    {TA_WORDS_QUALIFIER, 4,
     "moins_de moins_d_' less_than fewer_than under below weniger_als unter meno_di "
     "menos_de minder_dan < onder inferieur_a"},
    {TA_WORDS_QUALIFIER, 5,
     "au_moins at_least a_minimum_of mindestens wenigstens almeno al_menos por_lo_menos "
     "minstens ten_minste tenminste >= >_="},
    {TA_WORDS_QUALIFIER, 5, "minimum min_."},
    {TA_WORDS_QUALIFIER, 6,
     "au_plus au_maximum at_most a_maximum_of hochstens hoechstens maximal al_massimo "
     "como_maximo a_lo_sumo <= <_="},
    {TA_WORDS_QUALIFIER, 6, "hoogstens maximaal maximum max_. ten_hoogste"},
    {TA_WORDS_QUALIFIER, 7, "jusqu_'_a jusqu_'_au up_to bis_zu fino_a hasta tot"},

    {TA_WORDS_AFTER_NUMBER, 1,
     "environ about approx approx_. circa ca ca_. approximately aproximadamente ongeveer"},
    {TA_WORDS_AFTER_NUMBER, 5,
     "+ or_more ou_plus oder_mehr o_piu o_mas of_meer au_moins at_least et_plus and_more"},
    {TA_WORDS_AFTER_NUMBER, 6,
     "au_plus at_most or_less ou_moins au_maximum oder_weniger o_meno o_menos of_minder"},

    {TA_WORDS_ARTICLE, 0, "un une a an ein eine einige una uno unos een the le la les des"},

    {TA_WORDS_COLLECTIVE, 8, "huitaine"},
    {TA_WORDS_COLLECTIVE, 10, "dizaine decina decena tiental"},
    {TA_WORDS_COLLECTIVE, 12, "douzaine dozen dutzend dozzina docena dozijn"},
    {TA_WORDS_COLLECTIVE, 15, "quinzaine quindicina quincena vijftiental"},
    {TA_WORDS_COLLECTIVE, 20, "vingtaine ventina veintena twintigtal score"},
    {TA_WORDS_COLLECTIVE, 30, "trentaine trentina treintena dertigtal"},
    {TA_WORDS_COLLECTIVE, 40, "quarantaine quarantina cuarentena veertigtal"},
    {TA_WORDS_COLLECTIVE, 50, "cinquantaine cinquantina cincuentena vijftigtal"},
    {TA_WORDS_COLLECTIVE, 60, "soixantaine sessantina zestigtal"},
    {TA_WORDS_COLLECTIVE, 70, "settantina zeventigtal"},
    {TA_WORDS_COLLECTIVE, 80, "ottantina tachtigtal"},
    {TA_WORDS_COLLECTIVE, 90, "novantina negentigtal"},
    {TA_WORDS_COLLECTIVE, 100, "centaine centinaio centenar honderdtal"},
    {TA_WORDS_COLLECTIVE, 1000, "millier migliaio millar duizendtal"},

    {TA_WORDS_SCALE, 3,
     "k mille milliers milliers_de thousand tausend tsd tsd_. mila mil duizend"},
    {TA_WORDS_SCALE, 6,
     "m mio mio_. mios million millions millionen milione milioni millon millones miljoen "
     "miljoenen mln mln_."},
    {TA_WORDS_SCALE, 9,
     "md mds mrd mrd_. mrds milliard milliards milliarde milliarden miliardo miliardi "
     "miljard miljarden mld mld_. bn"},
    {TA_WORDS_SCALE, 9, "mil_millones thousand_million mille_millions"},

    {TA_WORDS_TWO_SCALES, 0,
     "billion billions billionen bilione bilioni billon billones biljoen trillion "
     "trillions b"},

    {TA_WORDS_SCALED_EURO, 3, "keur teur keuro keuros"},
    {TA_WORDS_SCALED_EURO, 6, "meur meuro meuros mioeur"},
    {TA_WORDS_SCALED_EURO, 9, "mdeur mrdeur"},

    {TA_WORDS_CURRENCY, TA_CURRENCY('E', 'U', 'R'), "eur euro euros"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('U', 'S', 'D'), "usd us_$ us_dollar us_dollars dollars_us"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('G', 'B', 'P'),
     "gbp pounds_sterling pound_sterling livres_sterling livre_sterling pfund_sterling "
     "sterling"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('C', 'H', 'F'),
     "chf sfr sfr_. swiss_franc swiss_francs francs_suisses franc_suisse schweizer_franken "
     "franken franchi_svizzeri francos_suizos"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('S', 'E', 'K'), "sek"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('N', 'O', 'K'), "nok"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('D', 'K', 'K'), "dkk"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('I', 'S', 'K'), "isk"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('P', 'L', 'N'), "pln zloty"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('C', 'Z', 'K'), "czk"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('H', 'U', 'F'), "huf forint"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('R', 'O', 'N'), "ron"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('B', 'G', 'N'), "bgn"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('H', 'R', 'K'), "hrk"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('R', 'S', 'D'), "rsd"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('T', 'R', 'Y'), "try"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('U', 'A', 'H'), "uah"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('C', 'A', 'D'), "cad"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('A', 'U', 'D'), "aud"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('J', 'P', 'Y'), "jpy yen"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('C', 'N', 'Y'), "cny"},
    {TA_WORDS_CURRENCY, TA_CURRENCY('I', 'L', 'S'), "ils"},

    {TA_WORDS_PERCENT, 0,
     "% pct pour_cent percent per_cent prozent per_cento percento por_ciento procent "
     "v_._h_."},

    {TA_WORDS_PER, 1,
     "par_an par_annee chaque_annee l_'_an annuels annuel per_year a_year each_year yearly "
     "annually per_annum p_._a_. /_an /_year"},
    {TA_WORDS_PER, 1,
     "pro_jahr im_jahr jahrlich /_jahr all_'_anno l_'_anno ogni_anno al_ano por_ano "
     "cada_ano per_jaar jaarlijks /_anno /_ano /_jaar"},
    {TA_WORDS_PER, 2,
     "par_mois per_month a_month pro_monat im_monat al_mese al_mes por_mes per_maand "
     "/_mois /_month /_monat /_mese /_mes /_maand"},

    {TA_WORDS_TIME_UNIT, 1200,
     "an ans annee annees year years jahr jahre jahren anno anni ano anos jaar jaren yr "
     "yrs"},
    {TA_WORDS_TIME_UNIT, 100,
     "mois month months monat monate monaten mese mesi mes meses maand maanden mo"},
    {TA_WORDS_TIME_UNIT, 7,
     "semaine semaines week weeks woche wochen settimana settimane semana semanas weken"},
    {TA_WORDS_TIME_UNIT, 1,
     "jour jours day days tag tage tagen giorno giorni dia dias dag dagen"},

    {TA_WORDS_HALF, 0,
     "et_demi et_demie and_a_half e_mezzo e_mezza y_medio y_media en_een_half 1/2"},

    {TA_WORDS_HALVES, 3, "anderthalb eineinhalb anderhalf"},
    {TA_WORDS_HALVES, 5, "zweieinhalb tweeeneenhalf tweeenhalf"},
    {TA_WORDS_HALVES, 7, "dreieinhalb drieenhalf drieeneenhalf"},
    {TA_WORDS_HALVES, 9, "viereinhalb"},

    {TA_WORDS_AND, 0, "et and und e y en"},

    {TA_WORDS_YES, 0,
     "oui yes ja si true vrai wahr vero verdadero waar y o j x v s cierto richtig"},

    {TA_WORDS_NO, 0, "non no nein nee false faux falsch falso onwaar n f"},

    {TA_WORDS_CARDINAL, 0, "zero null cero nul"},
    {TA_WORDS_CARDINAL, 1, "un une one ein eine eins einer einem einen uno una een"},
    {TA_WORDS_CARDINAL, 2, "deux two zwei due dos twee"},
    {TA_WORDS_CARDINAL, 3, "trois three drei tre tres drie"},
    {TA_WORDS_CARDINAL, 4, "quatre four vier quattro cuatro"},
    {TA_WORDS_CARDINAL, 5, "cinq five funf fuenf cinque cinco vijf"},
    {TA_WORDS_CARDINAL, 6, "six sechs sei seis zes"},
    {TA_WORDS_CARDINAL, 7, "sept seven sieben sette siete zeven"},
    {TA_WORDS_CARDINAL, 8, "huit eight acht otto ocho"},
    {TA_WORDS_CARDINAL, 9, "neuf nine neun nove nueve negen"},
    {TA_WORDS_CARDINAL, 10, "dix ten zehn dieci diez tien"},
    {TA_WORDS_CARDINAL, 11, "onze eleven elf undici once"},
    {TA_WORDS_CARDINAL, 12, "douze twelve zwolf zwoelf dodici doce twaalf"},
    {TA_WORDS_CARDINAL, 13, "treize thirteen dreizehn tredici trece dertien"},
    {TA_WORDS_CARDINAL, 14, "quatorze fourteen vierzehn quattordici catorce veertien"},
    {TA_WORDS_CARDINAL, 15, "quinze fifteen funfzehn fuenfzehn quindici quince vijftien"},
    {TA_WORDS_CARDINAL, 16, "seize sixteen sechzehn sedici dieciseis zestien"},
    {TA_WORDS_CARDINAL, 17, "seventeen siebzehn diciassette diecisiete zeventien"},
    {TA_WORDS_CARDINAL, 18, "eighteen achtzehn diciotto dieciocho achttien"},
    {TA_WORDS_CARDINAL, 19, "nineteen neunzehn diciannove diecinueve negentien"},
    {TA_WORDS_CARDINAL, 20, "vingt vingts twenty zwanzig venti veinte twintig"},
    {TA_WORDS_CARDINAL, 30, "trente thirty dreissig trenta treinta dertig"},
    {TA_WORDS_CARDINAL, 40, "quarante forty vierzig quaranta cuarenta veertig"},
    {TA_WORDS_CARDINAL, 50, "cinquante fifty funfzig fuenfzig cinquanta cincuenta vijftig"},
    {TA_WORDS_CARDINAL, 60, "soixante sixty sechzig sessanta sesenta zestig"},
    {TA_WORDS_CARDINAL, 70, "septante seventy siebzig settanta setenta zeventig"},
    {TA_WORDS_CARDINAL, 80, "octante huitante eighty achtzig ottanta ochenta tachtig"},
    {TA_WORDS_CARDINAL, 90, "nonante ninety neunzig novanta noventa negentig"},
    {TA_WORDS_CARDINAL, 100, "cent cents hundred hundert cento cien ciento honderd"},
    {TA_WORDS_CARDINAL, 1000, "mille thousand tausend mil duizend mila"},
    {TA_WORDS_MONTH, 0, NULL}};
/* clang-format on */
