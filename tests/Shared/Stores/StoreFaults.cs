using NSft.Collectives;

namespace NSft.Tests.Stores;

/// <summary>What goes wrong with requests to a store.</summary>
internal sealed class StoreFaults
{
    private readonly Lock _gate = new();
    private int _left = int.MaxValue;
    private bool _isDoneBefore;

    /// <summary>Changes asked for since the last <see cref="Heal"/>.</summary>
    public int Changes { get; private set; }

    /// <summary>Why all requests are refused; null for none is.</summary>
    public string? Refusal { get; set; }

    /// <summary>Runs before each change, with the name of its object.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>The process is killed at a change.</summary>
    /// <param name="change">Which, from 1.</param>
    /// <param name="isDoneBefore">Whether the change reaches the store.</param>
    public void KillAt(int change, bool isDoneBefore) => (_left, _isDoneBefore) = (change, isDoneBefore);

    /// <summary>Nothing goes wrong any more.</summary>
    public void Heal() => (_left, Refusal, Changes) = (int.MaxValue, null, 0);

    internal void Read()
    {
        lock (_gate)
        {
            if (_left <= 0)
            {
                throw new KilledException();
            }
        }

        Refuse();
    }

    internal async Task<T> ChangeAsync<T>(string name, Func<Task<T>> change)
    {
        await Before(name);
        bool isLast;
        lock (_gate)
        {
            Changes++;
            isLast = --_left == 0;
            if (_left < 0 || (isLast && !_isDoneBefore))
            {
                throw new KilledException();
            }
        }

        Refuse();
        T result = await change();
        return isLast ? throw new KilledException() : result;
    }

    private void Refuse()
    {
        if (Refusal is { } refusal)
        {
            throw new UserInputException(refusal);
        }
    }
}
