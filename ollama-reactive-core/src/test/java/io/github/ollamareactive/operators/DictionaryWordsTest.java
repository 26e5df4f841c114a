// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import io.github.ollamareactive.internal.text.SampleTexts;
import io.github.ollamareactive.internal.text.Segmenter;
import io.github.ollamareactive.internal.text.WordSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Words that only a dictionary finds come in small steps, and where ICU4J finds them in the whole text. */
final class DictionaryWordsTest {
    /** A paragraph of each language without a space or punctuation within its sentences. */
    private static final Map<String, String> TEXTS = Map.of(
            "th",
            "กรุงเทพมหานครเป็นเมืองหลวงและเมืองที่มีประชากรมากที่สุดของประเทศไทยตั้งอยู่บนสามเหลี่ยมปากแม่น้ำเจ้าพระยา"
                    + "ซึ่งไหลผ่านใจกลางเมืองลงสู่อ่าวไทยนักท่องเที่ยวจำนวนมากมาเยี่ยมชมวัดและพระราชวังทุกปีเพราะอาหารอร่อย"
                    + "และผู้คนเป็นมิตรการเดินทางในเมืองสะดวกขึ้นมากหลังจากเปิดให้บริการรถไฟฟ้าหลายสายแต่การจราจรบนถนน"
                    + "ยังคงติดขัดในชั่วโมงเร่งด่วนรัฐบาลจึงวางแผนสร้างเส้นทางใหม่เพิ่มเติมภายในสิบปีข้างหน้าเพื่อลดเวลา"
                    + "ที่ประชาชนต้องเสียไปกับการเดินทางระหว่างบ้านและที่ทำงานคอมพิวเตอร์และโทรศัพท์มือถือช่วยให้หลายคนทำงานที่บ้านได้",
            "ja",
            "東京は日本の首都であり世界でも有数の大都市として知られている。毎日多くの人々が電車に乗って郊外から都心の会社へ通勤している。"
                    + "機械学習の研究者たちは大量の文章をコンピューターに読ませることで人間のように自然な言葉を生成する仕組みを作り上げた。"
                    + "それでも彼女は朝早く起きて近所の公園を散歩することを毎日の楽しみにしているようだった。"
                    + "インターネットプロトコルの標準化団体が新しい仕様を公開したので開発者はソフトウェアを更新しなければならない。",
            "zh",
            "北京是中华人民共和国的首都也是全国的政治文化和国际交往中心。研究人员通过让计算机阅读大量文本来训练能够生成自然语言的模型。"
                    + "每天早上他都会在附近的公园里散步然后乘坐地铁去公司上班。这项技术在未来十年内可能会彻底改变我们的工作方式和日常生活。"
                    + "虽然天气预报说今天下午会下雨但是孩子们仍然决定去体育场踢足球。",
            "km",
            "ភ្នំពេញគឺជារាជធានីនៃប្រទេសកម្ពុជាហើយមានប្រជាជនរស់នៅច្រើនជាងគេបំផុតក្នុងប្រទេស",
            "lo",
            "ວຽງຈັນແມ່ນນະຄອນຫຼວງຂອງປະເທດລາວແລະເປັນເມືອງທີ່ມີປະຊາກອນຫຼາຍທີ່ສຸດ",
            "my",
            "ရန်ကုန်မြို့သည်မြန်မာနိုင်ငံ၏အကြီးဆုံးမြို့ဖြစ်ပြီးလူဦးရေအများဆုံးနေထိုင်ရာဒေသဖြစ်သည်");

    /** The most characters that may wait; if each run were asked about only once, 257, 57, 30, 77, 64, 56. */
    private static final Map<String, Integer> LONGEST =
            Map.of("th", 28, "ja", 18, "zh", 9, "km", 29, "lo", 27, "my", 26);

    private static final long SEED = System.nanoTime();

    private static List<String> words(String language, List<String> pieces, int[] waiting) {
        Breaks breaks = Breaks.icu(Locale.forLanguageTag(language));
        Segmenter segmenter = new Segmenter(text -> new WordSplitter(text, breaks), Aggregate.MAX_CHARACTERS);
        List<String> words = new ArrayList<>();
        for (String piece : pieces) {
            segmenter.append(piece);
            for (String word = segmenter.next(); word != null; word = segmenter.next()) {
                words.add(word);
            }
            waiting[0] = Math.max(waiting[0], segmenter.length());
        }
        for (String word = segmenter.last(); word != null; word = segmenter.last()) {
            words.add(word);
        }
        return words;
    }

    private static Set<Integer> places(List<String> words) {
        Set<Integer> places = new TreeSet<>();
        int place = 0;
        for (String word : words) {
            place += word.length();
            places.add(place);
        }
        return places;
    }

    /** Punctuation belongs to the word before it here, and is a word for ICU. */
    private static Set<Integer> icu(String language, String text) {
        BreakIterator words = BreakIterator.getWordInstance(ULocale.forLanguageTag(language));
        words.setText(text);
        Set<Integer> places = new TreeSet<>();
        for (int place = words.next(); place != BreakIterator.DONE; place = words.next()) {
            if (place == text.length()
                    || Character.isLetterOrDigit(text.charAt(place))
                    || Character.getType(text.charAt(place)) == Character.NON_SPACING_MARK) {
                places.add(place);
            }
        }
        return places;
    }

    @TestFactory
    Stream<DynamicTest> g12WordsComeInSmallSteps() {
        return LONGEST.entrySet().stream()
                .map(longest -> DynamicTest.dynamicTest(
                        "G12 " + longest.getKey(), () -> check(longest.getKey(), longest.getValue())));
    }

    /** Beginning at each word, so that the dictionary is asked at other places of the text. */
    private static void check(String language, int longest) {
        Random random = new Random(SEED);
        String all = TEXTS.get(language);
        int[] waiting = {0};
        for (int start : icu(language, all)) {
            String text = all.substring(start);
            if (!text.isEmpty()) {
                List<String> words = words(language, SampleTexts.characters(text), waiting);
                assertThat(places(words)).as(text).isEqualTo(icu(language, text));
                for (List<String> pieces : List.of(
                        List.of(text), SampleTexts.pieces(text, random, 4), SampleTexts.pieces(text, random, 40))) {
                    assertThat(words(language, pieces, new int[1]))
                            .as("%s in %d pieces, seed %d", text, pieces.size(), SEED)
                            .isEqualTo(words);
                }
            }
        }
        assertThat(waiting[0]).as("the most characters that wait").isLessThanOrEqualTo(longest);
    }
}
