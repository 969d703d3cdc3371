namespace NSft.Evaluation.Chair;

/// <summary>Scores captions with CHAIR. Source: arXiv:1809.02156, section 3.1.</summary>
public static class ChairScorer
{
    /// <summary>The score of captions given in the order of the annotated images.</summary>
    /// <exception cref="ArgumentException">The number of captions differs from the number of images, or is 0.</exception>
    public static ChairScore Score(ChairAnnotations annotations, IReadOnlyList<string> captions)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        ArgumentNullException.ThrowIfNull(captions);
        ArgumentOutOfRangeException.ThrowIfZero(captions.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(captions.Count, annotations.Images.Count);
        int mentioned = 0;
        int wrong = 0;
        int wrongCaptions = 0;
        int recalled = 0;
        int present = 0;
        int words = 0;
        int empty = 0;
        for (int index = 0; index < captions.Count; index++)
        {
            IReadOnlySet<string> truth = annotations.Images[index].Kinds;
            IReadOnlyList<string> mentions = annotations.Vocabulary.Mentions(captions[index]);
            int wrongHere = mentions.Count(kind => !truth.Contains(kind));
            int wordsHere = CaptionWords.Split(captions[index]).Count;
            mentioned += mentions.Count;
            wrong += wrongHere;
            wrongCaptions += wrongHere > 0 ? 1 : 0;
            recalled += mentions.Where(truth.Contains).Distinct().Count();
            present += truth.Count;
            words += wordsHere;
            empty += wordsHere == 0 ? 1 : 0;
        }

        return new ChairScore(
            Share(wrong, mentioned), Share(wrongCaptions, captions.Count), Share(recalled, present), captions.Count, mentioned, wrong,
            Share(words, captions.Count), empty);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
