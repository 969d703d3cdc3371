using NSft.Collectives;

namespace NSft.Model.Projection;

/// <summary>Where image features go in a batch of token ids.</summary>
internal static class ImageTokenPlan
{
    /// <summary>Flat positions (row * width + column) of the image tokens, in order.</summary>
    /// <param name="ids">Token ids, row-major.</param>
    /// <param name="width">Tokens of a row, padding included.</param>
    /// <param name="imageTokenId">Id that marks an image position.</param>
    /// <param name="tokensPerImage">Positions that one image fills.</param>
    /// <param name="imageCount">Images whose features are at hand.</param>
    /// <exception cref="UserInputException">A row has a part of an image only, or the rows need another number of images.</exception>
    internal static long[] Locate(ReadOnlySpan<long> ids, int width, int imageTokenId, int tokensPerImage, long imageCount)
    {
        var found = new List<long>();
        int images = 0;
        for (int start = 0, row = 0; start < ids.Length; start += width, row++)
        {
            int before = found.Count;
            for (int column = 0; column < width; column++)
            {
                if (ids[start + column] == imageTokenId)
                {
                    found.Add(start + column);
                }
            }

            int inRow = found.Count - before;
            int needed = (inRow + tokensPerImage - 1) / tokensPerImage;
            if (inRow != needed * tokensPerImage || images + needed > imageCount)
            {
                long expected = Math.Min(needed, imageCount - images) * tokensPerImage;
                throw new UserInputException(
                    $"Row {row + 1} of the batch: image features fill {expected} image tokens, found {inRow}.");
            }

            images += needed;
        }

        return images == imageCount
            ? [.. found]
            : throw new UserInputException(
                $"Row {ids.Length / width} of the batch is the last one: {imageCount} images need {imageCount * tokensPerImage} image tokens, found {found.Count}.");
    }
}
