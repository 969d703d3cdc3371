using System.Linq.Expressions;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>Compiles calls of grain methods from argument arrays.</summary>
internal static class MethodInvoker
{
    /// <summary>Makes the call of a method.</summary>
    public static Func<object, object?[], ValueTask<object?>> Compile(MethodDescriptor method)
    {
        ParameterExpression target = Expression.Parameter(typeof(object));
        ParameterExpression arguments = Expression.Parameter(typeof(object?[]));
        IEnumerable<Expression> values = method.ParameterTypes.Select((type, index) =>
            Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(index)), type));
        MethodCallExpression call = Expression.Call(Expression.Convert(target, method.Method.DeclaringType!), method.Method, values);
        MethodInfo adapter = typeof(MethodInvoker).GetMethod("From" + method.Kind, BindingFlags.NonPublic | BindingFlags.Static)!;
        adapter = method.ResultType is null ? adapter : adapter.MakeGenericMethod(method.ResultType);
        return Expression.Lambda<Func<object, object?[], ValueTask<object?>>>(Expression.Call(adapter, call), target, arguments).Compile();
    }

    private static async ValueTask<object?> FromTask(Task task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> FromTaskOfResult<T>(Task<T> task) => await task;

    private static async ValueTask<object?> FromValueTask(ValueTask task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> FromValueTaskOfResult<T>(ValueTask<T> task) => await task;
}
