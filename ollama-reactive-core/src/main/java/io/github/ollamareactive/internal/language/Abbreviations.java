// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.language;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Abbreviations whose full stop ends no sentence, by language. Those with dots inside ("e.g.") and initials need no list. Written
 * small, one is known with a capital too. A {@code !} marks what is a word or a name in other languages: it counts in its own only.
 */
final class Abbreviations {
    private static final Map<String, String> LANGUAGES = Map.ofEntries(
            Map.entry(
                    "en",
                    "Mr Mrs Ms Mx Dr Prof Sr Jr St Rev Hon Gen Col Maj Capt Lt Sgt Cpl Cmdr Gov Sen Pres Supt Mt Ft Ave Blvd"
                            + " Inc Ltd Corp Bros !Co !Rep !Rd etc al vs cf viz approx dept !est ed eds esp incl excl misc univ"
                            + " Jan Feb Apr Aug Sep Sept Oct Nov Dec"),
            Map.entry(
                    "de",
                    "Hr Hrn Fr Frl Dr Prof Dipl Ing bzw usw usf etc vgl ca evtl ggf inkl exkl zzgl bspw sog allg bes betr bez"
                            + " ehem eigtl entspr insb jew mind resp ugs urspr zzgl zzt geb gest verh Chr Str Tel Mio Mrd Jh Jhd Hrsg Kap Std"
                            + " Bd Bde Abb Jan Feb Apr Aug Sept Okt Nov Dez !lt !max !min !Min !Sek !z !d !h !u !a !o !ä !s !i !v"
                            + " !n !med !jur !phil !rer !nat !habil !Abs"),
            Map.entry(
                    "fr",
                    "MM Mme Mmes Mlle Dr Pr St Ste etc cf env janv févr avr juil sept oct nov déc éd chap tél !ex !p !av !bd"),
            Map.entry(
                    "es",
                    "Sr Sra Sres Srta Dr Dra Dña Ud Uds Vd Vds Prof Profa etc pág págs núm avda aprox tel EE UU ej !p !a !d !c"),
            Map.entry(
                    "it",
                    "sig sigg sig.ra sig.na dott dott.ssa prof prof.ssa Ing avv Arch Geom ecc pag pagg tel !ing !arch !geom !rag !on !es !p"),
            Map.entry("pt", "Sr Sra Srs Dr Dra Exmo Exma Prof Profa etc pág págs núm aprox tel !ex !p !a !d"),
            Map.entry("nl", "dhr mevr mw dr drs prof bijv bv enz ca blz jl evt incl excl resp zgn !ir !ing !nl"),
            Map.entry("sv", "dr prof dvs osv ca t.ex !kl !sk"),
            Map.entry("da", "f.eks osv mv ca dvs tlf inkl ekskl dr prof !hr !fr !kl"),
            Map.entry("nb", "f.eks osv mv ca dvs tlf inkl ekskl dr prof !hr !fr !kl"),
            Map.entry("fi", "esim ym jne ks mm yms !n"),
            Map.entry("pl", "np itd itp tzn tzw prof dr mgr inż ul św godz !tj !al !pl !ok !r !w"),
            Map.entry("cs", "např atd apod tzn tzv popř resp prof dr mgr ul !tj !č"),
            Map.entry("hu", "stb dr ún ill kb prof !pl"),
            Map.entry("tr", "Dr Prof Doç örn bkz yy vb vs Sn Av"),
            Map.entry("el", "κτλ κλπ βλ δηλ δρ εκατ δισ χιλ !κ !κα"),
            Map.entry("hi", "डॉ प्रो श्री श्रीमती कु पं रु सं ई पू !आर !एस !एम !एन !एल !एफ !एच !आई !वाई"),
            Map.entry(
                    "ru",
                    "др пр см ср напр ул им тыс млн млрд руб коп гг вв проф акад доц инж св обл просп !т !е !д !п !г !н !э"));

    private static final Set<String> ALL = new TreeSet<>();

    static {
        LANGUAGES.values().forEach(words -> ALL.addAll(words(words.replaceAll("!\\S+", ""))));
    }

    /** What is an abbreviation only where a number follows: "No. 5", "fig. 3". */
    static final Set<String> BEFORE_NUMBERS = Set.of(
            "no", "nos", "nr", "nrs", "fig", "figs", "p", "pp", "vol", "ch", "sec", "art", "abb", "tab", "eq", "s",
            "pos", "par", "hr", "str", "núm", "pág", "n", "v", "рис", "стр", "гл", "табл", "с", "αρ", "σελ", "lfd",
            "abs", "apt", "aprox", "bldg", "ca", "cap", "cf", "chap", "chs", "circa", "col", "ed", "eds", "eqs", "est",
            "fr", "ff", "kap", "kl", "lám", "lv", "lvl", "ll", "max", "máx", "min", "mín", "mind", "mon", "obr", "odst",
            "pag", "para", "pg", "pt", "rm", "secs", "stk", "sv", "tav", "tbl", "tel", "thu", "thurs", "tue", "tues",
            "ver", "vgl", "vols", "wed", "ziff", "čl", "ст", "пп", "разд", "св", "ок", "тел", "кв", "корп", "εικ",
            "κεφ");

    /** Units that end a sentence behind a number where no number follows. */
    static final Set<String> BEHIND_NUMBERS = Set.of("г", "гг", "в", "вв", "руб", "коп", "ч", "мин", "сек", "км", "кг");

    private Abbreviations() {}

    private static Set<String> words(String words) {
        return Arrays.stream(words.trim().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A language's abbreviations.
     *
     * @param language its code, empty for all languages
     * @return those of all languages that are no words elsewhere, and the language's own
     */
    static Set<String> of(String language) {
        String own = LANGUAGES.getOrDefault(language.equals("no") || language.equals("nn") ? "nb" : language, "");
        Set<String> all = new TreeSet<>(ALL);
        all.addAll(words(own.replace("!", "")));
        return Set.copyOf(all);
    }
}
