namespace Orleans.Serialization;

/// <summary>Arrays of two and more dimensions.</summary>
internal sealed class RankedArrayCopier<TArray, TItem> : Copier<TArray>
    where TArray : class
{
    public override TArray Copy(TArray value, CopyContext context)
    {
        if (context.TryGet(value, out TArray seen))
        {
            return seen;
        }

        Array original = (Array)(object)value;
        Array copy = (Array)original.Clone();
        context.Record(value, copy);
        int[] at = new int[original.Rank];
        for (long left = original.LongLength; left > 0; left--)
        {
            copy.SetValue(Copiers.Copy((TItem)original.GetValue(at)!, context), at);
            for (int d = at.Length - 1; d >= 0 && ++at[d] == original.GetLength(d); d--)
            {
                at[d] = 0;
            }
        }

        return (TArray)(object)copy;
    }
}
